import type { Account } from '../models/account.js';
import type { Part } from '../models/coverage.js';
import type { Decimal } from '../models/decimal.js';
import type { AccountEvent } from '../models/account-event.js';
import type { Cursor, Stream } from '../models/events.js';
import type { Price, WalletReading } from '../models/holdings.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import type { Log } from '../models/log.js';
import type { Overview } from '../models/unread.js';
import type { Buckets } from './rate-limits.js';

/** A confirmed page of history: its events, and the stream's cursor once they are stored. */
export interface HistoryPage {
  readonly events: readonly AccountEvent[];
  readonly cursor: Cursor;
  /** Records that cannot be interpreted. */
  readonly unread: readonly StreamUnreadRecord[];
}

/** What records that were kept unread are by now. */
export interface ReadAgain {
  readonly events: readonly AccountEvent[];
  /** Those that were interpreted. */
  readonly resolved: readonly StreamUnreadRecord[];
}

/** Known once the streams of the whole account have been read. */
export interface SearchHints {
  readonly cursors: readonly Cursor[];
  /** Assets whose balance changed since the last sync by more than the events known by now explain. */
  readonly unexplained: readonly string[];
}

/** Answers of the exchange that are worth keeping between runs; JSON values. */
export interface ClientCache {
  readonly get: (kind: string) => unknown;
  readonly set: (kind: string, value: unknown, timeToLiveMs: number) => void;
  /** The value that was kept last, even if its time is over. */
  readonly last: (kind: string) => unknown;
  /** Whether the value is of this run. */
  readonly isNew: (kind: string) => boolean;
}

export interface KeyRights {
  readonly readOnly: boolean;
  readonly canTrade: boolean;
  readonly canWithdraw: boolean;
  readonly ipBound: boolean;
  readonly expiresAt: number | undefined;
  /** The exchange's own id of the account. */
  readonly accountId: string | undefined;
  /** Permissions that reads of this client need and the key lacks, as the exchange's key page calls them. */
  readonly missing: readonly string[];
  /** Parts that such a key can never read, such as withdrawals with the key of a sub-account. */
  readonly unavailable: readonly Part[];
}

/**
 * Everything the program may ask of an exchange account; nothing here can change it.
 * Failures are ExpectedError of kind 'credentials', 'exchange-unavailable', 'guard', 'config' or 'deadline';
 * a PartFailure is one that concerns the path alone.
 */
export interface ExchangeClient {
  /** The names of the wallets that an account of this environment has. */
  readonly wallets: readonly string[];
  /** Every wallet of the account but those of `skipped`; throws only if none of them could be read. */
  readonly readWallets: (skipped?: ReadonlySet<Part>) => Promise<readonly WalletReading[]>;
  /** The exchange's own valuation by product; undefined in an environment without one. */
  readonly readOverview: () => Promise<Overview | undefined>;
  /** Reads the list of markets if it is due. If it cannot be read: throws once, then the last known list serves. */
  readonly readMarkets: () => Promise<void>;
  /** Prices of all assets in `currency` by one request; an asset without a market has no price. */
  readonly readPrices: (assets: readonly string[], currency: string) => Promise<ReadonlyMap<string, Price>>;
  /** The prices that depend on no market: of the currency itself and its stablecoins. */
  readonly peggedPrices: (assets: readonly string[], currency: string) => ReadonlyMap<string, Price>;
  /** The streams of the whole account, which every run reads. */
  readonly streams: readonly Stream[];
  /** The streams that are worth a look after those: traded markets, what may explain a balance, a part of the rest. */
  readonly searchStreams: (hints: SearchHints) => Promise<readonly Stream[]>;
  /** Of streams that are read market by market, the name for all markets: `trades`. */
  readonly byMarket: readonly Stream[];
  /** False for a stream of one market if that market is not listed any more: it is not read again. */
  readonly isOffered: (stream: Stream) => boolean;
  /** Those that may explain a balance of any wallet. Until each has been read once, a balance may have an unread origin. */
  readonly explaining: readonly Stream[];
  /** So many streams may be read side by side. */
  readonly maxStreamsAtOnce: number;
  /** Pages of a stream from its cursor (with overlap), oldest window first, up to now. */
  readonly readHistory: (cursor: Cursor, onWindow?: () => void) => AsyncIterable<HistoryPage>;
  /** Interprets records that were kept, without a request if the list of markets is known. */
  readonly readAgain: (records: readonly StreamUnreadRecord[]) => Promise<ReadAgain>;
  /** How far back (ms) final records of a stream are read again once a day; 0 for one that takes nothing back. */
  readonly lookBackMs: (stream: Stream) => number;
  /** How many windows that are; `onWindow` is called after each. */
  readonly countWindows: (cursor: Cursor) => number;
  /** Where a stream begins: `since` in ms, or the oldest that the exchange still keeps. */
  readonly firstCursor: (stream: Stream, since: number | undefined) => Cursor;
  /** The market price of an asset at a time: one-minute candle, then hour, then day. */
  readonly readPastPrices: (
    asset: string,
    times: readonly number[],
    currency: string,
  ) => Promise<ReadonlyMap<number, { readonly price: Decimal; readonly source: string }>>;
  /** Exchange's clock minus ours in ms. */
  readonly readClockOffset: () => Promise<number>;
  /** undefined in an environment in which the exchange does not report them. */
  readonly readKeyRights: () => Promise<KeyRights | undefined>;
  /** The exchange's own id of the account; undefined if it has no lasting one in this environment. */
  readonly readAccountId: () => Promise<string | undefined>;
  /** One request with the key, for its main wallet; throws as every read does. */
  readonly probeKey: () => Promise<void>;
  /** One request without key and retry: whether the host answers. */
  readonly answers: () => Promise<boolean>;
  readonly requestCount: () => number;
  /** Those of them that were asked again. */
  readonly retryCount: () => number;
}

export interface ClientContext {
  /** Answers that concern all accounts of the host: its markets, its clock, bans. */
  readonly hostCache: ClientCache;
  /** Rate-limit buckets of the host, for all its accounts in this run; undefined: of this client alone. */
  readonly buckets?: Buckets;
  /** Aborted with the reason when the run must end. */
  readonly signal: AbortSignal;
  /** The run's end, ms since 1970. */
  readonly deadline: number;
  readonly log: Log;
  /** What to do if the exchange cannot be reached, as far as this machine's settings show it. */
  readonly networkAdvice?: string | undefined;
}

export type ClientFactory = (account: Account, context: ClientContext) => Promise<ExchangeClient>;
