import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { BybitError, type Envelope, type Params, type PrivateRoute } from './dialect.js';

const DAY_MS = 86_400_000;
const RETENTION_MS = 730 * DAY_MS;

type Event = Pick<SimulatedAccount['executions'][number], 'time' | 'serial' | 'row'>;

/** Newest first, in windows and pages. */
export const HISTORY_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  '/v5/execution/list': (world, account, params) => {
    const [from, to] = executionWindow(world, params);
    const rows = within(account.executions, from, to).filter(({ row }) => {
      const symbol = params.get('symbol');
      return symbol === undefined || row['symbol'] === symbol;
    });
    const cursorOf = ({ time, serial }: Event) => `${time}%3A${serial}`;
    const { page, first, last } = paged(rows, params, { largest: 100, usual: 50 }, executionPosition);
    const nextPageCursor = first && last ? `${cursorOf(first)}%2C${cursorOf(last)}` : '';
    return { retMsg: 'OK', result: { nextPageCursor, category: 'spot', list: page.map(({ row }) => row) } };
  },
  '/v5/asset/deposit/query-record': (world, account, params) => transfers(world, account.deposits, params),
  '/v5/asset/withdraw/query-record': (world, account, params) => {
    const type = params.get('withdrawType') ?? '0';
    const rows = account.withdrawals.filter(
      ({ row }) => type === '2' || String(row['withdrawType']) === type,
    );
    return transfers(world, rows, params);
  },
};

function executionWindow(world: World, params: Params): [number, number] {
  if (params.get('category') !== 'spot') throw new BybitError(10001, 'params error: category');
  const week = 7 * DAY_MS;
  const [start, end] = [time(params, 'startTime'), time(params, 'endTime')];
  const from = start ?? (end ?? world.now()) - week;
  const to = end ?? (start === undefined ? world.now() : start + week);
  if (to - from > week) {
    throw new BybitError(10001, 'The time range between startTime and endTime cannot exceed 7 days');
  }
  if (from < world.now() - RETENTION_MS) {
    throw new BybitError(
      10001,
      "Can't query order earlier than 2 years, please check your params: startTime or endTime!",
    );
  }
  return [from, to];
}

function transfers(world: World, events: readonly Event[], params: Params): Envelope {
  const month = 30 * DAY_MS;
  const [start, end] = [time(params, 'startTime'), time(params, 'endTime')];
  const to = end ?? world.now();
  const from = start ?? to - month;
  if (to - from > month)
    throw new BybitError(131002, 'The interval between the startTime and endTime is incorrect');
  const { page, first, last } = paged(
    within(events, from, to),
    params,
    { largest: 50, usual: 50 },
    transferPosition,
  );
  const ids = { minID: last?.serial, maxID: first?.serial };
  const nextPageCursor = page.length > 0 ? Buffer.from(JSON.stringify(ids)).toString('base64') : '';
  return { retMsg: 'success', result: { rows: page.map(({ row }) => row), nextPageCursor } };
}

function time(params: Params, name: string): number | undefined {
  const text = params.get(name);
  return text === undefined ? undefined : Number(text);
}

const within = (events: readonly Event[], from: number, to: number): Event[] =>
  events
    .filter((event) => event.time >= from && event.time <= to)
    .sort((a, b) => b.time - a.time || b.serial - a.serial);

/** Time and serial of the last row of the page before. */
function executionPosition(cursor: string): Pick<Event, 'time' | 'serial'> {
  const decoded = cursor.includes('%') ? decodeURIComponent(cursor) : cursor;
  const match = /^\d+:\d+,(\d+):(\d+)$/.exec(decoded);
  if (!match) throw new BybitError(10016, 'Request timeout, please try again later');
  return { time: Number(match[1]), serial: Number(match[2]) };
}

function transferPosition(cursor: string): Pick<Event, 'serial'> {
  try {
    const { minID } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { minID: number };
    return { serial: minID };
  } catch {
    throw new BybitError(131002, 'cursor is incorrect');
  }
}

/** A cursor is handed out on a short page too; an empty page ends it. */
function paged(
  events: readonly Event[],
  params: Params,
  limits: { readonly largest: number; readonly usual: number },
  positionOf: (cursor: string) => Partial<Event> & Pick<Event, 'serial'>,
) {
  const limit = Math.min(limits.largest, Number(params.get('limit') ?? limits.usual));
  const cursor = params.get('cursor');
  const position = cursor ? positionOf(cursor) : undefined;
  const index = position ? events.findIndex(({ serial }) => serial === position.serial) + 1 : 0;
  const page = events.slice(index, index + limit);
  return { page, first: page[0], last: page.at(-1) };
}
