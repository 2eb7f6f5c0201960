import type { Environment } from '../models/account.js';
import type { Stream, StreamKind } from '../models/events.js';
import type { Endpoint } from './endpoint.js';
import type { EventReader } from './event-readers.js';
import type { KnownMarkets } from './markets.js';
import type { PageKind } from './page-kinds.js';
import type { RecordsRead } from './record-list.js';

export interface Page extends RecordsRead {
  /** The exchange's token for what comes next, undefined at the end. */
  readonly next: string | undefined;
  /** True if the span holds more than one answer can and there are no pages: request its halves. */
  readonly cutOff?: boolean;
}

/** What a page was requested for. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  /** The token of the page; undefined for the first. */
  readonly page: string | undefined;
  /** The market's id, if the stream is read market by market. */
  readonly market: string;
  readonly markets: KnownMarkets;
}

export interface StreamSpec {
  readonly endpoint: Endpoint;
  /** When it is read: in every run, when a balance is unexplained, or market by market as these are searched. */
  readonly when: 'always' | 'unexplained' | 'by-market';
  /** The wallet that it belongs to: if that cannot be read, neither can this stream. */
  readonly ofWallet?: string;
  /** Infinity: from any time up to now. */
  readonly windowMs: number;
  /** The oldest that the exchange still has. */
  readonly oldest: (now: number) => number;
  /** How far behind the cursor each run looks again, for what appears late or changes its state. */
  readonly overlapMs: number;
  /** How far back records are read again once a day, for what is taken back after it was final. */
  readonly lookBackMs?: number;
  readonly pages: PageKind;
  /** The names of the parameters for the beginning and the end of a span, if it is requested by time. */
  readonly span?: readonly [from: string, to: string] | undefined;
  /** Its requests are so expensive that a window is confirmed even if nothing is in it. */
  readonly expensive?: boolean;
  /** The exchange's codes that mean: there is nothing here. */
  readonly nothing?: ReadonlySet<string>;
  readonly environments: readonly Environment[];
  /** Keys of sub-accounts cannot read it. */
  readonly masterOnly?: boolean;
  /** All parameters but those of the page and the span. */
  readonly params: (market: string) => Record<string, string>;
  /** What a record is, with its article. */
  readonly what: string;
  /** The path of the list of records in an answer; empty if the answer is the list. */
  readonly list: string;
  /** The path of the time of the answer. */
  readonly answeredAt?: string;
  readonly read: EventReader;
}

/** In the order in which they are read; one that is read market by market represents all its markets. */
export type Streams = Readonly<Partial<Record<Stream, StreamSpec>>>;

const partsOf = (stream: Stream): readonly [kind: StreamKind, detail: string] => {
  const [kind = '', detail = ''] = stream.split(':');
  return [kind as StreamKind, detail];
};

export const kindOf = (stream: Stream): StreamKind => partsOf(stream)[0];

/** The market of `trades:BTCUSDT`. */
export const marketOf = (stream: Stream): string => partsOf(stream)[1];

const foundStream = (streams: Streams, stream: Stream): StreamSpec | undefined =>
  streams[stream] ?? streams[kindOf(stream)];

/** What is stored may be of a stream that this version no longer reads. */
export const hasStream = ({ streams }: { readonly streams: Streams }, stream: Stream): boolean =>
  foundStream(streams, stream) !== undefined;

/** A stream's row of the table; each market of a stream that is listed per market has the same row. */
export function streamSpec({ streams }: { readonly streams: Streams }, stream: Stream): StreamSpec {
  const found = foundStream(streams, stream);
  if (!found) throw new Error(`there is no stream ${stream}`);
  return found;
}
