import type { Environment } from '../models/account.js';
import type { Cursor, Stream } from '../models/events.js';
import type { SearchHints } from './exchange-client.js';
import type { ExchangeSpec } from './exchange-spec.js';
import type { Market, Markets } from './markets.js';
import { marketOf } from './stream-spec.js';

/** Markets that a run looks at though nothing speaks for them; at 20 a run, 1500 take a day and a half. */
export const SWEEP_BUDGET = 20;

/** Streams of the exchange that are read at an occasion, in the environment of the key. */
export const streamsWhen = (
  { streams }: ExchangeSpec,
  occasion: 'always' | 'unexplained' | 'by-market',
  environment: Environment,
): Stream[] =>
  (Object.keys(streams) as Stream[]).filter((stream) => {
    const read = streams[stream];
    return read?.when === occasion && read.environments.includes(environment);
  });

/** Streams that explain a balance of any wallet, whether that wallet can be read or not. */
export const explainingStreams = (spec: ExchangeSpec, environment: Environment): Stream[] =>
  streamsWhen(spec, 'unexplained', environment).filter(
    (stream) => spec.streams[stream]?.ofWallet === undefined,
  );

/** What the wallets returned: the coins in them, and which could be read. */
export interface Found {
  readonly held: ReadonlySet<string>;
  readonly wallets: ReadonlySet<string>;
}

/**
 * What to search: if a balance is unexplained, the streams that may explain it; and if trades
 * are listed per market only, every market ever traded, those of the unexplained assets, and a sweep.
 */
export function searchStreams(
  spec: ExchangeSpec,
  environment: Environment,
  markets: Markets,
  { held, wallets }: Found,
  hints: SearchHints,
): Stream[] {
  const explaining = hints.unexplained.length > 0 ? streamsWhen(spec, 'unexplained', environment) : [];
  const readable = explaining.filter((stream) => {
    const wallet = spec.streams[stream]?.ofWallet;
    return wallet === undefined || wallets.has(wallet);
  });
  const byMarket = streamsWhen(spec, 'by-market', environment).flatMap((stream) =>
    marketsToRead(stream, markets, held, hints).map(({ id }): Stream => `${stream as 'trades'}:${id}`),
  );
  return [...readable, ...byMarket];
}

function marketsToRead(
  stream: Stream,
  markets: Markets,
  held: ReadonlySet<string>,
  { cursors, unexplained }: SearchHints,
): Market[] {
  const looks = looksOf(stream, cursors);
  const listed = listedOf(markets);
  const wanted = new Set(unexplained);
  const chosen = listed.filter(({ id, base }) => looks.get(id)?.traded || wanted.has(base));
  const taken = new Set(chosen);
  const rest = listed.filter((market) => !taken.has(market));
  return [...chosen, ...rest.sort(bySweepOrder(looks, held)).slice(0, SWEEP_BUDGET)];
}

interface Look {
  /** ms; a look that was cut short counts as none. */
  readonly at: number;
  readonly traded: boolean;
}

/** When each market was looked at, by the cursors: one is kept even where nothing was found. */
function looksOf(stream: Stream, cursors: readonly Cursor[]): ReadonlyMap<string, Look> {
  return new Map(
    cursors
      .filter((cursor) => cursor.stream.startsWith(`${stream}:`))
      .map(({ stream: named, completeUntil, window }) => {
        const isWhole = window === undefined || completeUntil >= window.to;
        return [marketOf(named), { at: isWhole ? completeUntil : 0, traded: window !== undefined }];
      }),
  );
}

const listedOf = (markets: Markets): Market[] => [...markets.values()].filter(({ listed }) => listed);

/** Least recently looked at first, and of those what is held. */
function bySweepOrder(looks: ReadonlyMap<string, Look>, held: ReadonlySet<string>) {
  const lookedAt = ({ id }: Market) => looks.get(id)?.at ?? 0;
  const isHeld = ({ base }: Market) => (held.has(base) ? 0 : 1);
  return (a: Market, b: Market): number =>
    lookedAt(a) - lookedAt(b) || isHeld(a) - isHeld(b) || (a.id < b.id ? -1 : 1);
}

export interface Coverage {
  readonly lookedAt: number;
  readonly markets: number;
}

/** How many of the markets that are traded now have been looked at to the end. */
export function marketCoverage(stream: Stream, markets: Markets, cursors: readonly Cursor[]): Coverage {
  const looks = looksOf(stream, cursors);
  const listed = listedOf(markets);
  const lookedAt = listed.filter(({ id }) => (looks.get(id)?.at ?? 0) > 0).length;
  return { lookedAt, markets: listed.length };
}
