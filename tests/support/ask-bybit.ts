import { createHmac } from 'node:crypto';
import type { Simulator } from '../simulator/simulator.js';

export interface BybitAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly retCode: number;
    readonly retMsg: string;
    readonly result: Readonly<Record<string, unknown>>;
    readonly time?: number;
  };
}

export interface Signing {
  readonly apiKey?: string;
  readonly secret?: string;
  readonly timestamp?: number;
  readonly window?: string;
  /** Instead of the true one. */
  readonly sign?: string;
}

/** One GET as Bybit's documentation words it, signed by hand; the query goes out as it is given. */
export async function askBybit(
  { url, world }: Simulator,
  path: string,
  query: string,
  signing: Signing | undefined,
): Promise<BybitAnswer> {
  const headers = signing ? signed(query, { timestamp: world.now(), ...signing }) : {};
  const response = await fetch(`${url}${path}?${query}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as BybitAnswer['body'],
  };
}

function signed(query: string, signing: Signing): Record<string, string> {
  const { apiKey = '', secret = '', timestamp = 0, window = '5000' } = signing;
  const origin = `${timestamp}${apiKey}${window}${query}`;
  return {
    'X-BAPI-API-KEY': apiKey,
    'X-BAPI-TIMESTAMP': String(timestamp),
    'X-BAPI-RECV-WINDOW': window,
    'X-BAPI-SIGN': signing.sign ?? createHmac('sha256', secret).update(origin).digest('hex'),
  };
}
