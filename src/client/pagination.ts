import { ExpectedError } from '../errors.js';
import type { Cursor, Stream } from '../models/events.js';
import { HOUR_MS } from '../models/day.js';
import { RequestFailure } from './answer.js';
import type { Page, StreamSpec } from './stream-spec.js';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A span of time, and the token to go on from; undefined at its beginning. */
export interface BegunSpan extends Span {
  readonly start: string | undefined;
}

/** A page with its span and the token that it was requested by. */
export interface SpanPage extends Page {
  readonly span: Span;
  readonly token: string | undefined;
}

/** The window that was begun, from its page; then those after it up to now. */
export function* spansAfter(read: StreamSpec, cursor: Cursor, now: number): Generator<BegunSpan> {
  const { byId = false } = read.pages;
  const edge = read.oldest(now);
  let from = Math.max(edge, Math.min(cursor.completeUntil, now) - overlapOf(read, cursor));
  if (cursor.window && byId && cursor.completeUntil < cursor.window.to) {
    yield { from: cursor.completeUntil, to: now, start: cursor.window.page };
    return;
  }
  if (cursor.window && !byId && cursor.window.from >= edge) {
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
const NEW_TRADES_OVERLAP_MS = HOUR_MS;

const overlapOf = (read: StreamSpec, { window }: Cursor): number =>
  read.pages.byId && window ? NEW_TRADES_OVERLAP_MS : read.overlapMs;

/**
 * The pages of a span; one that is shorter than its size is the last. A token that the exchange refuses, as it
 * may an old one, restarts the span, once. A span that holds more than one answer can is requested in halves,
 * oldest first. Throws 'guard' if the pages would never end.
 */
export async function* pagesOfSpan(
  stream: Stream,
  read: StreamSpec,
  { start, ...span }: BegunSpan,
  readPage: (span: Span, token: string | undefined) => Promise<Page>,
): AsyncGenerator<SpanPage> {
  let token = start;
  let mayRestart = true;
  let refuseLoop = loopGuard(stream, token);
  for (;;) {
    const page = await readPage(span, token).catch((error: unknown) => {
      if (token === undefined || !mayRestart || refusalIn(error) === undefined) throw error;
      return undefined;
    });
    if (page === undefined) {
      mayRestart = false;
      token = undefined;
      refuseLoop = loopGuard(stream, token);
      continue;
    }
    if (page.cutOff) {
      for (const half of halvesOf(stream, span)) yield* pagesOfSpan(stream, read, half, readPage);
      return;
    }
    const next = page.events.length + page.unread.length < read.pages.size ? undefined : page.next;
    if (next !== undefined) refuseLoop(page.events, next);
    yield { ...page, next, token, span };
    if (next === undefined) return;
    token = next;
  }
}

/** The code by which the exchange refused; a network failure does not concern the token. */
export const refusalIn = (error: unknown): string | undefined =>
  error instanceof ExpectedError &&
  error.kind === 'exchange-unavailable' &&
  error.cause instanceof RequestFailure
    ? error.cause.code
    : undefined;

/** Throws on a token that was there before, and on a page that brings nothing but what was there before. */
function loopGuard(stream: Stream, start: string | undefined) {
  const tokens = new Set([start]);
  const known = new Set<string>();
  return (events: Page['events'], next: string): void => {
    const keys = events.map(({ id, market = '' }) => `${market} ${id}`);
    const isOld = keys.length > 0 && keys.every((key) => known.has(key));
    if (tokens.has(next) || isOld) throw looping(stream);
    tokens.add(next);
    for (const key of keys) known.add(key);
  };
}

const looping = (stream: Stream): ExpectedError =>
  new ExpectedError('guard', `the exchange's pages of ${stream} lead back to one another`, {
    fix: 'Nothing doubtful was stored. Try again later; if it stays so, report it with the log.',
  });

/** Without a shared edge, for a moment may hold nearly as much as one answer can; times are whole ms. */
function halvesOf(stream: Stream, { from, to }: Span): readonly BegunSpan[] {
  const middle = Math.floor((from + to) / 2);
  if (from >= to) {
    throw new ExpectedError('guard', `the exchange has more ${stream} in one moment than it can report`, {
      fix: 'Nothing doubtful was stored. Report it with the log.',
    });
  }
  return [
    { from, to: middle, start: undefined },
    { from: middle + 1, to, start: undefined },
  ];
}
