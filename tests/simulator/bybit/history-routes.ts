import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { internalRow } from './product-routes.js';
import { BybitError, type Envelope, type Params, type PrivateRoute, whole } from './dialect.js';

const DAY_MS = 86_400_000;
const RETENTION_MS = 730 * DAY_MS;

type Event = Pick<SimulatedAccount['executions'][number], 'time' | 'serial' | 'row'>;

/** Newest first, in windows and pages. */
export const HISTORY_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  '/v5/execution/list': (world, account, params) => {
    const [from, to] = executionWindow(world, params);
    const symbol = params.get('symbol');
    const found = within(account.executions, from, to)
      .filter(({ row }) => symbol === undefined || row['symbol'] === symbol)
      .sort((a, b) => b.time - a.time || b.serial - a.serial);
    const { rows: list, nextPageCursor } = paged(found, params, EXECUTION_PAGES);
    return { retMsg: 'OK', result: { nextPageCursor, category: 'spot', list } };
  },
  '/v5/asset/deposit/query-record': (world, account, params) => transfers(world, account.deposits, params),
  '/v5/asset/withdraw/query-record': (world, account, params) => {
    const type = params.get('withdrawType') ?? '0';
    const rows = account.withdrawals.filter(
      ({ row }) => type === '2' || String(row['withdrawType']) === type,
    );
    return transfers(world, rows, params);
  },
  '/v5/asset/deposit/query-internal-record': (world, account, params) => {
    const rows = account.internalDeposits.map((deposit) => ({ ...deposit, row: internalRow(deposit) }));
    return transfers(world, rows, params);
  },
};

function executionWindow(world: World, params: Params): [number, number] {
  if (params.get('category') !== 'spot') throw new BybitError(10001, 'params error: category');
  const week = 7 * DAY_MS;
  // Once: a millisecond between two looks at the clock would make the window too wide.
  const now = world.now();
  const [start, end] = [whole(params, 'startTime'), whole(params, 'endTime')];
  const from = start ?? (end ?? now) - week;
  const to = end ?? (start === undefined ? now : start + week);
  if (to - from > week) {
    throw new BybitError(10001, 'The time range between startTime and endTime cannot exceed 7 days');
  }
  if (from < now - RETENTION_MS) {
    throw new BybitError(
      10001,
      "Can't query order earlier than 2 years, please check your params: startTime or endTime!",
    );
  }
  return [from, to];
}

function transfers(world: World, events: readonly Event[], params: Params): Envelope {
  const month = 30 * DAY_MS;
  const [start, end] = [whole(params, 'startTime'), whole(params, 'endTime')];
  const to = end ?? world.now();
  const from = start ?? to - month;
  if (to - from > month)
    throw new BybitError(131002, 'The interval between the startTime and endTime is incorrect');
  // Their cursors are extremes of ids, so they are in the order of those.
  const found = within(events, from, to).sort((a, b) => b.serial - a.serial);
  return { retMsg: 'success', result: paged(found, params, TRANSFER_PAGES) };
}

const within = (events: readonly Event[], from: number, to: number): Event[] =>
  events.filter((event) => event.time >= from && event.time <= to);

/** How an endpoint cuts its rows into pages: a cursor names the first and the last row of its page. */
interface Paging {
  readonly largest: number;
  readonly usual: number;
  readonly keyOf: (event: Event) => string;
  readonly cursorOf: (first: string, last: string) => string;
  /** Throws or gives what no row has as its key, if the cursor is none of this endpoint. */
  readonly lastOf: (cursor: string) => string | undefined;
}

/** Handed out encoded, and taken as it is or encoded once more. */
const EXECUTION_PAGES: Paging = {
  largest: 100,
  usual: 50,
  keyOf: ({ time, serial }) => `${time}:${serial}`,
  cursorOf: (first, last) => encodeURIComponent(`${first},${last}`),
  lastOf: (cursor) => decodeURIComponent(cursor).split(',')[1],
};

const TRANSFER_PAGES: Paging = {
  largest: 50,
  usual: 50,
  keyOf: ({ row }) => String(row['id'] ?? row['withdrawId']),
  cursorOf: (first, last) =>
    Buffer.from(JSON.stringify({ minID: Number(last), maxID: Number(first) })).toString('base64'),
  lastOf: (cursor) => {
    const ids = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { minID?: number };
    return String(ids.minID);
  },
};

/** A cursor is handed out on a short page too; an empty page ends it. */
function paged(events: readonly Event[], params: Params, paging: Paging) {
  const limit = Math.min(paging.largest, whole(params, 'limit') ?? paging.usual);
  const cursor = params.get('cursor');
  const begin = cursor ? indexAfter(events, cursor, paging) : 0;
  const page = events.slice(begin, begin + limit);
  const [first, last] = [page[0], page.at(-1)];
  const nextPageCursor = first && last ? paging.cursorOf(paging.keyOf(first), paging.keyOf(last)) : '';
  return { rows: page.map(({ row }) => row), nextPageCursor };
}

/** A cursor goes on with the query that it came from; one that names none of its rows is wrong. */
function indexAfter(events: readonly Event[], cursor: string, { keyOf, lastOf }: Paging): number {
  const key = keyIn(cursor, lastOf);
  const index = events.findIndex((event) => keyOf(event) === key);
  if (index < 0) throw new BybitError(10016, 'wrong cursor');
  return index + 1;
}

function keyIn(cursor: string, lastOf: Paging['lastOf']): string | undefined {
  try {
    return lastOf(cursor);
  } catch {
    return undefined;
  }
}
