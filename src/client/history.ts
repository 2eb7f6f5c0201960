import type { Account } from '../models/account.js';
import type { Cursor, Stream, Trade, Transfer } from '../models/events.js';
import type { HistoryPage } from './exchange-client.js';
import type { ExchangeTraits, StreamTraits } from './exchange-traits.js';
import type { Markets } from './markets.js';
import { pagesOf } from './pages.js';
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
    const readPage = (token: string | undefined) =>
      requester.read(read.endpoint, read.params(span.from, span.to, token), (answer) =>
        read.pageOf(answer, markets),
      );
    for await (const { rows, next } of pagesOf({ stream, pageSize: read.pageSize, start, readPage })) {
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
