import type { Environment } from '../models/account.js';
import type { Income, StreamKind, Trade, Transfer } from '../models/events.js';
import type { WalletBalance } from '../models/holdings.js';
import { bybit } from './bybit/traits.js';
import type { KeyRights } from './exchange-client.js';
import type { Markets } from './markets.js';

/** One read of an exchange: ccxt's method for it, and its path, which is all that may be asked. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** The exchange's token for what comes next, undefined at the end. */
  readonly next: string | undefined;
}

export interface StreamTraits {
  readonly endpoint: Endpoint;
  readonly windowMs: number;
  readonly retentionMs: number;
  /** How far behind the cursor each run looks again, for what appears late or changes its state. */
  readonly overlapMs: number;
  readonly pageSize: number;
  readonly environments: readonly Environment[];
  readonly params: (from: number, to: number, page: string | undefined) => Record<string, string>;
  readonly pageOf: (answer: unknown, markets: Markets) => Page<Trade | Transfer | Income>;
}

export interface WalletTraits {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly params: Record<string, string>;
  readonly balancesOf: (answer: unknown) => readonly WalletBalance[];
}

export interface Market {
  readonly id: string;
  readonly base: string;
  readonly quote: string;
}

export interface Candle {
  readonly start: number;
  readonly close: string;
}

/** Everything that differs between exchanges; a new one is a new row of TRAITS. */
export interface ExchangeTraits {
  readonly title: string;
  /** Constructor settings of ccxt. */
  readonly ccxt: Readonly<Record<string, unknown>>;
  readonly wallets: readonly WalletTraits[];
  readonly streams: Readonly<Partial<Record<StreamKind, StreamTraits>>>;
  readonly markets: {
    readonly endpoint: Endpoint;
    readonly params: Record<string, string>;
    readonly marketsOf: (answer: unknown) => Market[];
  };
  readonly tickers: {
    readonly endpoint: Endpoint;
    readonly params: Record<string, string>;
    /** Last price by market id; one that is missing or zero is left out. */
    readonly pricesOf: (answer: unknown) => {
      readonly time: number;
      readonly prices: ReadonlyMap<string, string>;
    };
  };
  readonly candles: {
    readonly endpoint: Endpoint;
    readonly limit: number;
    readonly params: (id: string, interval: string, from: number, to: number) => Record<string, string>;
    readonly candlesOf: (answer: unknown) => Candle[];
  };
  readonly time: { readonly endpoint: Endpoint; readonly timeOf: (answer: unknown) => number };
  readonly keyRights: { readonly endpoint: Endpoint; readonly rightsOf: (answer: unknown) => KeyRights };
  readonly errorIn: (answer: unknown) => { readonly code: string; readonly message: string } | undefined;
  readonly errors: {
    readonly passing: ReadonlySet<string>;
    readonly clock: ReadonlySet<string>;
    /** What a refusal can mean and how to mend it, by the exchange's code. */
    readonly refusals: Readonly<Record<string, { readonly why: string; readonly fix: string }>>;
  };
}

export const TRAITS: Readonly<Record<string, ExchangeTraits>> = { bybit };

/** Every path that the client may ask of an exchange. */
export function allowedPaths(traits: ExchangeTraits): ReadonlySet<string> {
  const { wallets, streams, markets, tickers, candles, time, keyRights } = traits;
  const all = [...wallets, ...Object.values(streams), markets, tickers, candles, time, keyRights];
  return new Set(all.map(({ endpoint }) => endpoint.path));
}
