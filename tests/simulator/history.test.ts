import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askBybit } from '../support/ask-bybit.js';
import { KEY, SECRET } from '../support/stage.js';
import { type Simulator, startSimulator } from './simulator.js';
import { StillWorld } from './still-world.js';

const NOW = 1_764_000_000_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const EXECUTIONS = '/v5/execution/list';
const DEPOSITS = '/v5/asset/deposit/query-record';
const WITHDRAWALS = '/v5/asset/withdraw/query-record';

type Row = Readonly<Record<string, string>>;

let simulator: Simulator;

/** Trades and deposits by the day, and 130 and 60 of them within the last hours. */
beforeAll(async () => {
  simulator = await startSimulator({ world: new StillWorld(NOW) });
  const account = simulator.world.addAccount(KEY, SECRET);
  for (const days of [731, 730, 20, 8, 7, 6]) trade(NOW - days * DAY_MS);
  for (const days of [31, 30, 8]) account.deposit('USDT', `${days}`, { time: NOW - days * DAY_MS });
  account.withdraw('USDT', '1', { time: NOW - 30 * DAY_MS });
  for (let index = 0; index < 130; index += 1) trade(NOW - DAY_MS + index * MINUTE_MS);
  for (let index = 0; index < 60; index += 1)
    account.deposit('ETH', '1', { time: NOW - DAY_MS + index * MINUTE_MS });

  function trade(time: number): void {
    account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', time });
  }
});
afterAll(async () => {
  await simulator.stop();
});

async function ask(path: string, query: string) {
  const { status, body } = await askBybit(simulator, path, query, { apiKey: KEY, secret: SECRET });
  expect(status).toBe(200);
  const { list, rows, nextPageCursor } = body.result as Record<string, unknown>;
  const found = (list ?? rows ?? []) as readonly Row[];
  return { ...body, rows: found, cursor: nextPageCursor as string };
}

const ago = (days: number, ms = 0): string => String(NOW - days * DAY_MS + ms);
const spot = (...params: string[]): string => ['category=spot', ...params].join('&');
const timesOf = (rows: readonly Row[]): number[] =>
  rows.map(
    ({ execTime, successAt, createTime }) => (NOW - Number(execTime ?? successAt ?? createTime)) / DAY_MS,
  );

const TOO_WIDE = [10001, 'The time range between startTime and endTime cannot exceed 7 days'];
const TOO_OLD = [
  10001,
  "Can't query order earlier than 2 years, please check your params: startTime or endTime!",
];
const INTERVAL = [131002, 'The interval between the startTime and endTime is incorrect'];

describe('windows', () => {
  test.each<[title: string, path: string, query: string, refusal: (string | number)[]]>([
    ['trades of 7 days and 1 ms', EXECUTIONS, spot(`startTime=${ago(7, -1)}`, `endTime=${NOW}`), TOO_WIDE],
    ['trades of two years and 1 ms ago', EXECUTIONS, spot(`startTime=${ago(730, -1)}`), TOO_OLD],
    ['trades up to two years ago', EXECUTIONS, spot(`endTime=${ago(730)}`), TOO_OLD],
    ['deposits of 30 days and 1 ms', DEPOSITS, `startTime=${ago(30, -1)}&endTime=${NOW}`, INTERVAL],
    ['deposits since 31 days, which is up to now', DEPOSITS, `startTime=${ago(31)}`, INTERVAL],
    ['withdrawals of 30 days and 1 ms', WITHDRAWALS, `startTime=${ago(30, -1)}&endTime=${NOW}`, INTERVAL],
  ])('%s are refused', async (_title, path, query, refusal) => {
    const { retCode, retMsg } = await ask(path, query);
    expect([retCode, retMsg]).toEqual(refusal);
  });

  test.each<[title: string, path: string, query: string, daysAgo: number[]]>([
    ['exactly 7 days, both ends inclusive', EXECUTIONS, `startTime=${ago(13)}&endTime=${ago(6)}`, [6, 7, 8]],
    ['a start alone: the 7 days from it', EXECUTIONS, `startTime=${ago(14)}`, [7, 8]],
    ['an end alone: the 7 days before it', EXECUTIONS, `endTime=${ago(6, -1)}`, [7, 8]],
    ['two years ago, and nothing older', EXECUTIONS, `startTime=${ago(730)}`, [730]],
    ['deposits of 30 days', DEPOSITS, `startTime=${ago(31)}&endTime=${ago(1, -1)}`, [8, 30, 31]],
    ['deposits to an end alone', DEPOSITS, `endTime=${ago(8)}`, [8, 30, 31]],
    ['withdrawals of the last 30 days', WITHDRAWALS, '', [30]],
  ])('%s', async (_title, path, query, daysAgo) => {
    const { rows } = await ask(path, path === EXECUTIONS ? spot(query) : query);
    expect(timesOf(rows)).toEqual(daysAgo);
  });

  test('no times at all: the last 7 days of trades and 30 of deposits', async () => {
    const trades = await every(EXECUTIONS, spot());
    expect(trades).toHaveLength(132);
    expect(Math.max(...timesOf(trades))).toBe(7);
    const deposits = await every(DEPOSITS, 'limit=50');
    expect(deposits).toHaveLength(62);
    expect(Math.max(...timesOf(deposits))).toBe(30);
  });
});

describe('pages', () => {
  test.each<[path: string, query: string, size: number]>([
    [EXECUTIONS, spot(), 50],
    [EXECUTIONS, spot('limit=20'), 20],
    [EXECUTIONS, spot('limit=100'), 100],
    [EXECUTIONS, spot('limit=500'), 100],
    [DEPOSITS, 'limit=20', 20],
    [DEPOSITS, 'limit=500', 50],
    [DEPOSITS, '', 50],
  ])('%s?%s holds %i rows', async (path, query, size) => {
    expect((await ask(path, query)).rows).toHaveLength(size);
  });

  test('a walk gives every row once, newest first, to an empty page without a cursor', async () => {
    for (const [path, query, count] of [
      [EXECUTIONS, spot('limit=40'), 132],
      [DEPOSITS, 'limit=31', 62],
    ] as const) {
      const rows = await every(path, query);
      const times = timesOf(rows);
      expect(rows).toHaveLength(count);
      expect(new Set(rows.map(({ execId, id }) => execId ?? id)).size).toBe(count);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  test('a cursor of trades names first and last row, and is taken encoded once and twice', async () => {
    const { rows, cursor } = await ask(EXECUTIONS, spot('limit=10'));
    expect(cursor).toMatch(
      new RegExp(`^${rows[0]?.['execTime'] ?? ''}%3A\\d+%2C${rows.at(-1)?.['execTime'] ?? ''}%3A\\d+$`),
    );
    const once = await ask(EXECUTIONS, spot('limit=10', `cursor=${cursor}`));
    const twice = await ask(EXECUTIONS, spot('limit=10', `cursor=${encodeURIComponent(cursor)}`));
    expect(once.rows).toHaveLength(10);
    expect(twice.rows).toEqual(once.rows);
  });

  test('a cursor of transfers holds the extremes of the ids of its page, as the recorded one does', async () => {
    const { answers } = JSON.parse(
      readFileSync(join(process.cwd(), 'tests/fixtures/bybit-responses.json'), 'utf8'),
    ) as { answers: Record<string, { body: { result: { rows: Row[]; nextPageCursor: string } } }> };
    const simulated = await ask(DEPOSITS, 'limit=10');
    const pages = ['deposits 2025', 'withdrawals'].map((name) => answers[name]?.body.result);
    for (const page of [...pages, { ...simulated, nextPageCursor: simulated.cursor }]) {
      const ids = page?.rows.map(({ id, withdrawId }) => Number(id ?? withdrawId)) ?? [];
      const held: unknown = JSON.parse(Buffer.from(page?.nextPageCursor ?? '', 'base64').toString());
      expect(held).toEqual({ minID: Math.min(...ids), maxID: Math.max(...ids) });
    }
  });

  test.each<[title: string, path: string, query: string, changed: string]>([
    ['another symbol', EXECUTIONS, spot(), spot('symbol=ETHUSDT')],
    ['an earlier window', EXECUTIONS, spot(), spot(`endTime=${ago(5)}`)],
    ['an earlier window of deposits', DEPOSITS, '', `endTime=${ago(5)}`],
  ])('a cursor with %s is refused', async (_title, path, query, changed) => {
    const { cursor } = await ask(path, query);
    const { retCode } = await ask(path, `${changed}&cursor=${encodeURIComponent(cursor)}`);
    expect(retCode).toBe(10016);
  });

  test.each([
    [EXECUTIONS, spot('cursor=nonsense')],
    [EXECUTIONS, spot('cursor=%25')],
    [DEPOSITS, 'cursor=nonsense'],
  ])('%s?%s is refused', async (path, query) => {
    expect((await ask(path, query)).retCode).toBe(10016);
  });
});

/** All pages, each with a cursor, up to one that is empty and has none. */
async function every(path: string, query: string): Promise<Row[]> {
  const all: Row[] = [];
  let cursor = '';
  do {
    const page = await ask(path, cursor ? `${query}&cursor=${encodeURIComponent(cursor)}` : query);
    expect(page.retCode).toBe(0);
    expect(page.cursor === '').toBe(page.rows.length === 0);
    all.push(...page.rows);
    cursor = page.cursor;
  } while (cursor);
  return all;
}
