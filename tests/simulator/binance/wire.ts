import type { IncomingHttpHeaders } from 'node:http';
import { Decimal, toText } from '../decimal.js';
import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** As it was sent, undecoded. */
  readonly query: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export type Params = ReadonlyMap<string, string>;

interface Route {
  /** Default: GET. */
  readonly method?: 'POST';
  readonly weight: number | ((params: Params) => number);
  /** What /api reads; it refuses anything else. Without it any name is taken. */
  readonly reads?: readonly string[];
}

export interface PublicRoute extends Route {
  readonly answer: (world: World, params: Params, weightLimit: number) => unknown;
}

export interface SignedRoute extends Route {
  /** Whose budget of /sapi it draws on; default: the address's. */
  readonly pool?: 'uid';
  readonly answer: (world: World, account: SimulatedAccount, params: Params) => unknown;
}

/** The exchange's own refusal. */
export class BinanceError extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: number, message: string, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

/** /api pads amounts to 8 places; more are shown where the account has them, so that nothing is lost. */
export const padded = (amount: Decimal | string): string => {
  const value = new Decimal(amount);
  return value.toFixed(Math.max(8, value.decimalPlaces()));
};

/** No market has a finer tick than the 8th place. */
export const marketPrice = (world: World, symbol: string, time: number): Decimal =>
  new Decimal(world.priceAt(symbol, time)).toDecimalPlaces(8);

/** /sapi mostly does not pad. */
export const bare = toText;

/** An integer beyond 2^53 goes over the wire as digits, without quotes: give a bigint. */
export function toJson(body: unknown): string {
  const marked = JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'bigint' ? `bigint:${value}` : value,
  );
  return marked.replace(/"bigint:(\d+)"/g, '$1');
}
