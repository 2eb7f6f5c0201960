import type { Environment } from '../models/account.js';
import type { WalletBalance, WalletReading } from '../models/holdings.js';
import type { Overview, UnreadProduct } from '../models/unread.js';
import { type Endpoint, maxBytesOf, readName } from './endpoint.js';
import type { Budget, LimitHeaders } from './rate-limits.js';
import type { KeyRights } from './exchange-client.js';
import type { Market, Markets } from './markets.js';
import type { SecretKind } from './secret-kinds.js';
import type { Streams } from './stream-spec.js';

export interface WalletSpec {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly environments: readonly Environment[];
  /** The pages count from 1. */
  readonly params: (page: number) => Record<string, string>;
  /** A page with as many rows is not the last; undefined: there is one page only. */
  readonly pageSize?: number;
  readonly balancesOf: (answer: unknown) => readonly WalletBalance[];
  /** What the answer reports beside balances. */
  readonly productsOf?: (answer: unknown) => readonly UnreadProduct[];
}

export interface Candle {
  readonly start: number;
  readonly close: string;
}

export interface Tickers {
  /** undefined: the exchange does not report it, so the time of the request is used. */
  readonly time: number | undefined;
  /** Last price by market id; one that is missing or zero is omitted. */
  readonly prices: ReadonlyMap<string, string>;
}

export interface CandleSpec {
  readonly endpoint: Endpoint;
  readonly limit: number;
  /** The exchange's names of the intervals. */
  readonly intervals: Readonly<Record<'1m' | '1h' | '1d', string>>;
  readonly params: (id: string, interval: string, from: number, to: number) => Record<string, string>;
  readonly candlesOf: (answer: unknown) => Candle[];
  /** The exchange's codes for a market that it does not have. */
  readonly unknownMarket: ReadonlySet<string>;
}

/** How long an IP ban lasts: until a time by the clock of the exchange, or for a duration. */
export type Ban = { readonly until: number } | { readonly forMs: number };

/** Everything that differs between exchanges; a new one is a new row of EXCHANGES. */
export interface ExchangeSpec {
  readonly title: string;
  /** Where its API is, by the world that the key belongs to; nothing is ever sent anywhere else. */
  readonly origins: Readonly<Record<Environment, string>>;
  /** What its requests may be signed with here. */
  readonly secretKinds: readonly SecretKind[];
  /** The file in which ccxt keeps this exchange; the literal path lets the bundler give it a file of its own. */
  readonly loadCcxt: () => Promise<{ readonly default: unknown }>;
  /** Constructor settings of ccxt. */
  readonly ccxt: Readonly<Record<string, unknown>>;
  readonly wallets: readonly WalletSpec[];
  /** Removes what two wallets both report, once all of them have been read. */
  readonly settleWallets?: (readings: readonly WalletReading[], markets: Markets) => readonly WalletReading[];
  /** In the order in which they are read; one that is listed per market represents all its markets. */
  readonly streams: Streams;
  readonly markets: {
    readonly endpoint: Endpoint;
    readonly params: Record<string, string>;
    readonly marketsOf: (answer: unknown) => Market[];
    /** Coins that split the name of a pair that is listed no more, where the exchange forgets those. */
    readonly quotes: readonly string[];
  };
  /** Over which coins a price is found: quotes that count as the reporting currency, then bridges to them. */
  readonly routes: { readonly direct: readonly string[]; readonly bridges: readonly string[] };
  readonly tickers: {
    readonly endpoint: Endpoint;
    readonly params: Record<string, string>;
    readonly pricesOf: (answer: unknown) => Tickers;
  };
  readonly candles: CandleSpec;
  /** The exchange's own valuation of all its products. */
  readonly overview?: {
    readonly endpoint: Endpoint;
    readonly environments: readonly Environment[];
    readonly params: Record<string, string>;
    readonly overviewOf: (answer: unknown) => Overview;
  };
  readonly time: { readonly endpoint: Endpoint; readonly timeOf: (answer: unknown) => number };
  /** What a key may do; the first row of the key's environment counts. None: it cannot be known there. */
  readonly keyRights: readonly {
    readonly endpoint: Endpoint;
    readonly environments: readonly Environment[];
    readonly rightsOf: (answer: unknown) => KeyFacts;
  }[];
  /** The exchange's own id of the account, in the environments in which it has a lasting one. */
  readonly accountId: {
    readonly endpoint: Endpoint;
    readonly environments: readonly Environment[];
    readonly idOf: (answer: unknown) => string | undefined;
  };
  /** So many streams may be read side by side; 1 if the exchange counts the requests of a key in their order. */
  readonly maxStreamsAtOnce: number;
  /** The limits that requests are kept within, by the names that endpoints use. */
  readonly budgets: Readonly<Record<string, Budget>>;
  /** Where each answer reports the limit of its path, if it does. */
  readonly limitHeaders?: LimitHeaders;
  readonly errors: ErrorSpec;
}

/** The exchange's errors. A code that is in no list is classified by ccxt's own table of codes. */
export interface ErrorSpec {
  /** The error in an answer that came with HTTP 200, if it is one. */
  readonly errorIn: (answer: unknown) => { readonly code: string; readonly message: string } | undefined;
  /** How long the exchange blocks this address, if the answer reports that it does. */
  readonly banIn: (status: number, text: string) => Ban | undefined;
  /** Codes of failures that a later try may not have. */
  readonly retryable: ReadonlySet<string>;
  /** Codes of a request whose time was refused. */
  readonly clock: ReadonlySet<string>;
  /** What a refusal can mean and how to fix it, by the exchange's code. */
  readonly refusals: Readonly<Record<string, Refusal>>;
}

/**
 * `key`: nothing can be read with this key. `path`: the key lacks a permission for this path. `unavailable`:
 * the exchange does not offer this path in this environment or to this account. In `fix` a … stands for the
 * account's variable prefix and {right} for the permission that the path needs.
 */
export interface Refusal {
  readonly scope: 'key' | 'path' | 'unavailable';
  readonly why: string;
  readonly fix: string;
}

/** What an exchange reports of a key. */
export interface KeyFacts extends Omit<KeyRights, 'missing' | 'unavailable'> {
  readonly isSubAccount: boolean;
  /** The permissions that reads need and the key has, as the exchange's key page calls them. */
  readonly held: ReadonlySet<string>;
}

/** Every endpoint that the client may ask of an exchange. */
export function endpointsOf(spec: ExchangeSpec): readonly Endpoint[] {
  const { wallets, streams, markets, tickers, candles, overview, time, keyRights } = spec;
  const read = Object.values(streams).filter((stream) => stream !== undefined);
  const own = overview ? [overview] : [];
  const all = [...wallets, ...read, markets, tickers, candles, ...own, time, ...keyRights];
  return all.map(({ endpoint }) => endpoint);
}

/** Everything that may be asked, as `GET /path`, with the largest body in bytes that is read of it. */
export const allowedReads = (spec: ExchangeSpec): ReadonlyMap<string, number> =>
  new Map(endpointsOf(spec).map((endpoint) => [readName(endpoint), maxBytesOf(endpoint)]));
