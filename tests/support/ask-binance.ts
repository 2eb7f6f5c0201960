import { createHmac } from 'node:crypto';
import type { SimulatedAccount } from '../simulator/account.js';
import type { Simulator } from '../simulator/simulator.js';

export interface BinanceAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export type Values = Readonly<Record<string, string | number>>;

/** As a program without ccxt would ask: a signed request where an account is given. */
export async function askBinance(
  simulator: Simulator,
  path: string,
  values: Values = {},
  account?: Pick<SimulatedAccount, 'apiKey' | 'secret'>,
): Promise<BinanceAnswer> {
  const method = /get-funding-asset|getUserAsset/.test(path) ? 'POST' : 'GET';
  if (!account) return await send(simulator, method, path, encoded(values));
  const payload = encoded({ timestamp: simulator.world.now(), ...values });
  return await send(
    simulator,
    method,
    path,
    `${payload}&signature=${sign(payload, account.secret)}`,
    account.apiKey,
  );
}

/** The query as it is given, so that what is wrong in it arrives so. */
export async function send(
  simulator: Simulator,
  method: string,
  path: string,
  query: string,
  apiKey?: string,
): Promise<BinanceAnswer> {
  const headers: Record<string, string> = apiKey === undefined ? {} : { 'X-MBX-APIKEY': apiKey };
  const response = await fetch(`${simulator.url}${path}?${query}`, { method, headers });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const body: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body };
}

export const sign = (payload: string, secret: string): string =>
  createHmac('sha256', secret).update(payload).digest('hex');

const encoded = (values: Values): string =>
  new URLSearchParams(
    Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
