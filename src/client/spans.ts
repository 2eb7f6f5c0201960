import { ExpectedError } from '../errors.js';
import type { Cursor, Stream } from '../models/events.js';
import { type AskedPage, pagesOf } from './pages.js';
import type { Page, StreamTraits } from './stream-traits.js';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A span of time, and the token from which its pages go on. */
export interface BegunSpan extends Span {
  readonly start: string | undefined;
}

export interface SpanPage extends AskedPage {
  readonly span: Span;
}

/** The window that was begun, from its page; then those after it up to now. */
export function* spansAfter(read: StreamTraits, cursor: Cursor, now: number): Generator<BegunSpan> {
  const edge = read.oldest(now);
  let from = Math.max(edge, Math.min(cursor.completeUntil, now) - overlapOf(read, cursor));
  if (cursor.window && read.pages.byId && !isWhole(cursor)) {
    yield { from: cursor.completeUntil, to: now, start: cursor.window.page };
    return;
  }
  if (cursor.window && !read.pages.byId && cursor.window.from >= edge) {
    const { from: begun, to, page: start } = cursor.window;
    yield { from: begun, to, start };
    from = to;
  }
  while (from < now) {
    const to = Math.min(from + read.windowMs, now);
    yield { from, to, start: undefined };
    from = to;
  }
}

/**
 * New trades of a market that was read to its end are found by time: ids begin anew when a testnet is reset or
 * a pair is listed again, and the ids after the last one known would bring nothing for ever.
 */
const NEW_TRADES_OVERLAP_MS = 3_600_000;

const overlapOf = (read: StreamTraits, cursor: Cursor): number =>
  read.pages.byId && cursor.window ? NEW_TRADES_OVERLAP_MS : read.overlapMs;

const isWhole = ({ completeUntil, window }: Cursor): boolean =>
  window === undefined || completeUntil >= window.to;

/** The pages of a span; what is more than the exchange tells at once is asked for in halves, oldest first. */
export async function* pagesOfSpan(
  stream: Stream,
  read: StreamTraits,
  { start, ...span }: BegunSpan,
  readPage: (span: Span, token: string | undefined) => Promise<Page>,
): AsyncGenerator<SpanPage> {
  const window = { stream, pageSize: read.pages.size, start };
  for await (const page of pagesOf({ ...window, readPage: (token) => readPage(span, token) })) {
    if (page.cutOff) {
      for (const half of halvesOf(stream, span)) yield* pagesOfSpan(stream, read, half, readPage);
      return;
    }
    yield { ...page, span };
  }
}

/** Without a shared edge, for a moment may hold nearly as much as one answer can; times are whole ms. */
function halvesOf(stream: Stream, { from, to }: Span): readonly BegunSpan[] {
  const middle = Math.floor((from + to) / 2);
  if (from >= to) {
    throw new ExpectedError('guard', `the exchange has more ${stream} in one moment than it can tell`, {
      fix: 'Nothing doubtful was stored. Report it with the log.',
    });
  }
  return [
    { from, to: middle, start: undefined },
    { from: middle + 1, to, start: undefined },
  ];
}
