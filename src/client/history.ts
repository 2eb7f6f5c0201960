import type { Account } from '../models/account.js';
import { DAY_MS, isoDay } from '../models/day.js';
import type { Cursor, Stream } from '../models/events.js';
import type { UnreadRecord } from '../models/unread-record.js';
import { refused } from './answer.js';
import type { EventDraft } from './event-readers.js';
import type { HistoryPage } from './exchange-client.js';
import type { ExchangeSpec } from './exchange-spec.js';
import type { MarketList } from './market-list.js';
import type { KnownMarkets, Markets } from './markets.js';
import type { Requester } from './request.js';
import { pagesOfSpan, refusalIn, type Span, type SpanPage, spansAfter } from './pagination.js';
import { pageIn, pageParams } from './stream-pages.js';
import { marketOf, type Page, type StreamSpec, streamSpec } from './stream-spec.js';

/** Where a stream begins: `since`, or the oldest that the exchange keeps. */
export function firstCursor(
  spec: ExchangeSpec,
  now: number,
  stream: Stream,
  since: number | undefined,
): Cursor {
  const edge = streamSpec(spec, stream).oldest(now);
  return completed(stream, Math.max(edge, since ?? edge));
}

/**
 * Pages of a stream from its cursor, with overlap, oldest window first, up to now. Each page that held
 * something is given with the cursor to store with it; the last one confirms everything up to now. Where the
 * first answer shows that our clock is off, "now" was another time: the reading begins again.
 */
export async function* readHistory(
  spec: ExchangeSpec,
  requester: Requester,
  markets: MarketList,
  account: Account,
  cursor: Cursor,
  onWindow: () => void = () => undefined,
): AsyncGenerator<HistoryPage> {
  const { stream } = cursor;
  const read = streamSpec(spec, stream);
  const [now, offset] = [requester.now(), requester.knownOffset()];
  if (!read.environments.includes(account.environment)) {
    yield pageWith(stream, [], completed(stream, now));
    return;
  }
  const readPage = pageReader(requester, markets, stream, read);
  const oldestOpen = now - MAX_OPEN_MS;
  let openSince = Infinity;
  let done = false;
  for (const span of spansAfter(read, cursor, now)) {
    for await (const page of pagesOfSpan(stream, read, span, readPage)) {
      if (requester.knownOffset() !== offset) {
        yield* readHistory(spec, requester, markets, account, cursor);
        return;
      }
      const ends = page.next === undefined;
      const { events, unread } = page;
      done = ends && page.span.to >= now;
      if ((page.openSince ?? 0) >= oldestOpen) openSince = Math.min(openSince, page.openSince ?? Infinity);
      if (events.length > 0 || unread.length > 0 || done || (ends && read.expensive))
        yield pageWith(stream, events, heldBack(cursorAfter(read, cursor, page), openSince), unread);
    }
    onWindow();
  }
  if (!done) yield pageWith(stream, [], heldBack(completed(stream, now), openSince));
}

/** How many windows `readHistory` reads. */
export function countWindows(
  spec: ExchangeSpec,
  { environment }: Account,
  cursor: Cursor,
  now: number,
): number {
  const read = streamSpec(spec, cursor.stream);
  return read.environments.includes(environment) ? [...spansAfter(read, cursor, now)].length : 0;
}

/** Asks for one page; a code that means that there is nothing is an empty one. */
function pageReader(requester: Requester, list: MarketList, stream: Stream, read: StreamSpec) {
  return async (span: Span, token: string | undefined): Promise<Page> => {
    const market = marketOf(stream);
    const pageOf = (answer: unknown, markets: KnownMarkets) => {
      const page = pageIn(read, answer, { ...span, page: token, market, markets });
      return { ...page, events: happened(page.events, stream, requester.now()) };
    };
    const known = await list.current();
    const absent = new Set<string>();
    let received: unknown;
    try {
      const params = pageParams(read, { ...span, page: token, market, markets: known });
      const page = await requester.read(read.endpoint, params, (answer) => {
        received = answer;
        return pageOf(answer, noting(known, absent));
      });
      if (absent.size === 0) return page;
    } catch (error) {
      if (read.nothing?.has(refusalIn(error) ?? ''))
        return { events: [], unread: [], openSince: undefined, next: undefined };
      if (absent.size === 0) throw error;
    }
    // Traded on a market that was listed since: its name is not to be split by guess.
    return pageOf(received, await list.holding(absent));
  };
}

/** Notes the ids that are looked up in vain. */
const noting = (markets: Markets, absent: Set<string>): KnownMarkets => ({
  get: (id) => {
    const market = markets.get(id);
    if (!market) absent.add(id);
    return market;
  },
});

/** Clocks differ, though none by so much. */
const MAX_AHEAD_MS = DAY_MS;

/** The records; throws 'guard' at one still to come: until then it would have no effect, without any notice. */
function happened(records: readonly EventDraft[], stream: Stream, now: number): readonly EventDraft[] {
  const odd = records.find(({ time }) => time > now + MAX_AHEAD_MS);
  if (!odd) return records;
  throw refused(`the exchange sent a record of ${stream} of ${isoDay(odd.time)}, which is still to come`);
}

const completed = (stream: Stream, completeUntil: number): Cursor => ({
  stream,
  completeUntil,
  window: undefined,
});

/** A record in process is read again until it is final, but no longer than this. */
const MAX_OPEN_MS = 30 * DAY_MS;

/** A complete cursor stays at the oldest record that is still in process. */
const heldBack = (cursor: Cursor, openSince: number): Cursor =>
  cursor.window ? cursor : { ...cursor, completeUntil: Math.min(cursor.completeUntil, openSince) };

function cursorAfter(read: StreamSpec, before: Cursor, { span, next, token }: SpanPage): Cursor {
  const { stream } = before;
  if (next !== undefined) return { stream, completeUntil: span.from, window: { ...span, page: next } };
  // A market without new trades stays one that was traded.
  const place = read.pages.byId ? (token ?? before.window?.page) : undefined;
  return {
    ...completed(stream, span.to),
    window: place === undefined ? undefined : { ...span, page: place },
  };
}

const pageWith = (
  stream: Stream,
  events: readonly EventDraft[],
  cursor: Cursor,
  unread: readonly UnreadRecord[] = [],
): HistoryPage => ({
  events: events.map((event) => ({ ...event, source: stream })),
  cursor,
  unread: unread.map((one) => ({ ...one, stream })),
});
