import type { Environment } from '../models/account.js';
import type { Stream, StreamKind } from '../models/events.js';
import type { Income, Trade, Transfer } from './drafts.js';
import type { Endpoint } from './endpoint.js';
import type { ExchangeTraits } from './exchange-traits.js';
import type { UnreadRecord } from '../models/unread-record.js';
import type { KnownMarkets } from './markets.js';
import type { RecordReading } from './records.js';

export type StreamEvent = Trade | Transfer | Income;

export interface Page<T> {
  readonly rows: readonly T[];
  /** Records that cannot be interpreted. */
  readonly unread?: readonly UnreadRecord[];
  /** The time in ms of the oldest record that is still in process and so no event yet. */
  readonly openSince?: number | undefined;
  /** The exchange's token for what comes next, undefined at the end. */
  readonly next: string | undefined;
  /** True where the span holds more than one answer can and there are no pages: ask for its halves. */
  readonly cutOff?: boolean;
}

/** What a page was asked for. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly page: string | undefined;
  /** Of a stream that is told by market: the market's id. */
  readonly market: string;
  readonly markets: KnownMarkets;
}

export interface StreamTraits {
  readonly endpoint: Endpoint;
  /** When it is read: in every run, when a balance is unexplained, or market by market as these are searched. */
  readonly when: 'always' | 'unexplained' | 'by-market';
  /** The wallet that it tells of: where that cannot be read, neither can this. */
  readonly ofWallet?: string;
  /** Infinity: from any time up to now. */
  readonly windowMs: number;
  /** The oldest that the exchange still has. */
  readonly oldest: (now: number) => number;
  /** How far behind the cursor each run looks again, for what appears late or changes its state. */
  readonly overlapMs: number;
  /** How far back records are read again once a day, for what is taken back after it was final. */
  readonly lookBackMs?: number;
  /** A page with fewer rows is the last; 0: the answer itself tells which is. */
  readonly pageSize: number;
  /** Pages go by ascending ids: the place behind the last one is kept, and the next run goes on there. */
  readonly byId?: boolean;
  /** Its requests are so dear that a window is confirmed even if nothing is in it. */
  readonly dear?: boolean;
  /** The exchange's codes that mean: there is nothing here. */
  readonly nothing?: ReadonlySet<string>;
  readonly environments: readonly Environment[];
  /** Keys of sub-accounts cannot read it. */
  readonly masterOnly?: boolean;
  readonly params: (asked: Asked) => Record<string, string>;
  readonly pageOf: (answer: unknown, asked: Asked) => Page<StreamEvent>;
  /** The events of one record of a page; throws 'guard' on one that cannot be interpreted. */
  readonly eventsOf: (record: unknown, markets: KnownMarkets) => RecordReading<StreamEvent>;
}

const partsOf = (stream: Stream): readonly [kind: StreamKind, detail: string] => {
  const [kind = '', detail = ''] = stream.split(':');
  return [kind as StreamKind, detail];
};

export const kindOf = (stream: Stream): StreamKind => partsOf(stream)[0];

/** The market of `trades:BTCUSDT`. */
export const marketOf = (stream: Stream): string => partsOf(stream)[1];

const foundStream = (streams: ExchangeTraits['streams'], stream: Stream): StreamTraits | undefined =>
  streams[stream] ?? streams[kindOf(stream)];

/** What is stored may be of a stream that this version no longer reads. */
export const hasStream = ({ streams }: ExchangeTraits, stream: Stream): boolean =>
  foundStream(streams, stream) !== undefined;

/** A stream's row of the table; each market of a stream that is told by market has the same. */
export function streamTraits({ streams }: ExchangeTraits, stream: Stream): StreamTraits {
  const found = foundStream(streams, stream);
  if (!found) throw new Error(`there is no stream ${stream}`);
  return found;
}
