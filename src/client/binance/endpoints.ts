import { type Endpoint, endpoint } from '../endpoint.js';

/** Budgets by the minute: one of /api for the address, one of each /sapi path for the address or the user. */
export const BUDGETS = {
  api: { header: 'x-mbx-used-weight-1m', perMinute: 6_000, byPath: false },
  ip: { header: 'x-sapi-used-ip-weight-1m', perMinute: 12_000, byPath: true },
  uid: { header: 'x-sapi-used-uid-weight-1m', perMinute: 180_000, byPath: true },
} as const;

export const open = (path: string, weight: number): Endpoint =>
  endpoint('public', '/api/v3', path, { cost: { budget: 'api', weight } });

/** The permission that reading needs, as Binance's page of a key calls it. */
export const READING = 'Enable Reading';

export const signed = (path: string, weight: number): Endpoint =>
  endpoint('private', '/api/v3', path, { cost: { budget: 'api', weight }, right: READING });

/** Wallets and products, which the testnet does not have. */
export const wallet = (
  path: string,
  weight: number,
  budget: 'ip' | 'uid' = 'ip',
  verb: Endpoint['verb'] = 'GET',
): Endpoint => endpoint('sapi', '/sapi/v1', path, { cost: { budget, weight }, verb, right: READING });
