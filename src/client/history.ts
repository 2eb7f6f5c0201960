import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import type { Cursor, Stream, Trade, Transfer } from '../models/events.js';
import type { HistoryPage } from './exchange-client.js';
import type { ExchangeTraits, StreamTraits } from './exchange-traits.js';
import type { Markets } from './markets.js';
import type { Requester } from './request.js';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a stream begins: `since`, or the oldest that the exchange keeps. */
export function firstCursor(
  traits: ExchangeTraits,
  now: number,
  stream: Stream,
  since: number | undefined,
): Cursor {
  const edge = now - traits.streams[stream].retentionMs;
  return { stream, completeUntil: Math.max(edge, since ?? edge), window: undefined };
}

/**
 * Pages of a stream from its cursor, with overlap, oldest window first, up to now. Each page that held
 * something is given with the cursor to store with it; the last one confirms everything up to now.
 */
export async function* readHistory(
  traits: ExchangeTraits,
  requester: Requester,
  markets: Markets,
  account: Account,
  cursor: Cursor,
): AsyncGenerator<HistoryPage> {
  const { stream } = cursor;
  const read = traits.streams[stream];
  const now = requester.now();
  const done = (completeUntil: number): Cursor => ({ stream, completeUntil, window: undefined });
  if (!read.environments.includes(account.environment)) {
    yield page(stream, [], done(now));
    return;
  }
  let folded = false;
  for (const { span, start } of windows(read, cursor, now)) {
    folded = false;
    for await (const { rows, next } of pagesOf(read, requester, markets, stream, span, start)) {
      const inside = { stream, completeUntil: span.from, window: next && { ...span, page: next } };
      if (rows.length > 0 || next === undefined) {
        if (rows.length === 0 && span.to < now) continue;
        folded = next === undefined && span.to >= now;
        yield page(
          stream,
          rows,
          next === undefined ? done(span.to) : { ...inside, window: inside.window || undefined },
        );
      }
    }
  }
  if (!folded) yield page(stream, [], done(now));
}

const page = (stream: Stream, rows: readonly (Trade | Transfer)[], cursor: Cursor): HistoryPage => ({
  trades: stream === 'trades' ? (rows as readonly Trade[]) : [],
  transfers: stream === 'trades' ? [] : (rows as readonly Transfer[]),
  cursor,
});

/** The window that was begun, from its page; then those after it up to now. */
function* windows(
  read: StreamTraits,
  cursor: Cursor,
  now: number,
): Generator<{ span: Span; start?: string }> {
  const edge = now - read.retentionMs;
  let from = Math.max(edge, Math.min(cursor.completeUntil, now) - read.overlapMs);
  if (cursor.window && cursor.window.from >= edge) {
    const { from: begun, to, page: start } = cursor.window;
    yield { span: { from: begun, to }, start };
    from = to;
  }
  while (from < now) {
    const to = Math.min(from + read.windowMs, now);
    yield { span: { from, to } };
    from = to;
  }
}

interface RawPage {
  readonly rows: readonly (Trade | Transfer)[];
  readonly next: string | undefined;
}

/** A page shorter than the limit is the last of its window; one that comes again would never end. */
async function* pagesOf(
  read: StreamTraits,
  requester: Requester,
  markets: Markets,
  stream: Stream,
  span: Span,
  start: string | undefined,
): AsyncGenerator<RawPage> {
  const seen = new Set<string>();
  let token = start;
  do {
    const params = read.params(span.from, span.to, token);
    const { rows, next } = await requester.read(read.endpoint, params, (answer) =>
      read.pageOf(answer, markets),
    );
    token = rows.length < read.pageSize ? undefined : next;
    if (token !== undefined && seen.has(token)) throw looping(stream);
    if (token !== undefined) seen.add(token);
    yield { rows, next: token };
  } while (token !== undefined);
}

const looping = (stream: Stream): ExpectedError =>
  new ExpectedError('guard', `the exchange's pages of ${stream} lead back to one another`, {
    fix: 'Nothing doubtful was stored. Try again later; if it stays so, report it with the log.',
  });
