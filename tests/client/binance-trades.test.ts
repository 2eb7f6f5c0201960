import { describe, expect, test } from '@jest/globals';
import { type ClientStage, idsOf, lastCursor, legTexts, readPages } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const TRADES = '/api/v3/myTrades';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

let stage: ClientStage;
let now: number;

onClient((opened) => {
  stage = opened;
  now = stage.simulator.world.now();
});

const buy = (symbol: string, time: number) =>
  stage.account.trade({ symbol, side: 'Buy', amount: '0.5', price: '100', time });

describe('the trades of a market', () => {
  test('are read oldest first over pages of a thousand to an empty one, though many share a moment', async () => {
    for (let index = 0; index < 2_100; index += 1)
      buy('BTCUSDT', now - 700 * DAY_MS + Math.floor(index / 90));
    const pages = await readPages(stage, 'trades:BTCUSDT', 0);
    expect(pages.map(({ events }) => events.length)).toEqual([1000, 1000, 100, 0]);
    expect(new Set(idsOf(pages)).size).toBe(2_100);
    const [trade] = pages[0]?.events ?? [];
    expect(trade).toMatchObject({ source: 'trades:BTCUSDT', type: 'trade', market: 'BTC/USDT' });
    expect(trade?.price?.toString()).toBe('100');
    expect(legTexts(trade)).toEqual(['base 0.5 BTC', 'quote -50 USDT', 'fee -0.0005 BTC']);
  });

  test('go on behind the last id with one request, whenever the next run comes', async () => {
    buy('BTCUSDT', now - 9 * DAY_MS);
    const first = await readPages(stage, 'trades:BTCUSDT', 0);
    const cursor = first.at(-1)?.cursor;
    if (!cursor) throw new Error('no cursor');
    stage.simulator.requests.length = 0;
    const [empty] = await readPages(stage, 'trades:BTCUSDT', cursor);
    expect([idsOf(empty ? [empty] : []), stage.asked(TRADES)]).toEqual([[], 1]);
    buy('BTCUSDT', now - MINUTE_MS);
    expect(idsOf(await readPages(stage, 'trades:BTCUSDT', empty?.cursor ?? cursor))).toHaveLength(1);
  });

  test('that were cut short go on from any page, none lost and none read twice', async () => {
    for (let index = 0; index < 2_100; index += 1) buy('BTCUSDT', now - 7 * DAY_MS + index);
    const pages = await readPages(stage, 'trades:BTCUSDT', now - 8 * DAY_MS);
    for (const [index, { cursor }] of pages.entries()) {
      const rest = await readPages(stage, 'trades:BTCUSDT', cursor);
      const ids = [...idsOf(pages.slice(0, index + 1)), ...idsOf(rest)];
      expect([ids.length, new Set(ids).size]).toEqual([2_100, 2_100]);
    }
  });

  test('are found when their ids begin anew, as after a reset of the testnet', async () => {
    buy('BTCUSDT', now - 9 * DAY_MS);
    const cursor = lastCursor(await readPages(stage, 'trades:BTCUSDT', 0));
    const anew = { ...cursor, window: { from: 0, to: 0, page: '999999999999' } };
    buy('BTCUSDT', now - MINUTE_MS);
    const pages = await readPages(stage, 'trades:BTCUSDT', anew);
    expect(idsOf(pages)).toHaveLength(1);
    // From then on by the new ids.
    expect(lastCursor(pages).window?.page).not.toBe('999999999999');
  });

  test('a market without new trades stays one that was traded', async () => {
    buy('BTCUSDT', now - 9 * DAY_MS);
    const cursor = lastCursor(await readPages(stage, 'trades:BTCUSDT', 0));
    const after = lastCursor(await readPages(stage, 'trades:BTCUSDT', cursor));
    expect(after.window?.page).toBe(cursor.window?.page);
  });

  test('a short page does not end them', async () => {
    for (let index = 0; index < 300; index += 1) buy('BTCUSDT', now - 7 * DAY_MS + index);
    const edit = (body: unknown) => (body as object[]).slice(0, 114);
    stage.simulator.faults.add({ kind: 'edit', edit: edit, path: TRADES, times: 2 });
    expect(new Set(idsOf(await readPages(stage, 'trades:BTCUSDT', 0))).size).toBe(300);
  });

  test('begin where the user says', async () => {
    buy('BTCUSDT', now - 9 * DAY_MS);
    buy('BTCUSDT', now - 2 * DAY_MS);
    expect(idsOf(await readPages(stage, 'trades:BTCUSDT', now - 5 * DAY_MS))).toHaveLength(1);
  });

  test('of a market that was delisted after it was known are no error of the run', async () => {
    buy('SOLUSDT', now - DAY_MS);
    await stage.client.searchStreams({ cursors: [], unexplained: [] });
    stage.simulator.world.delist('SOLUSDT');
    const [page, ...more] = await readPages(stage, 'trades:SOLUSDT', 0);
    expect(more).toEqual([]);
    expect(page?.events).toEqual([]);
    expect(page?.cursor.completeUntil).toBeGreaterThanOrEqual(now);
  });

  test.each([
    ['no id', { id: undefined }],
    ['a quantity of NaN', { qty: 'NaN' }],
    ['a negative price', { price: '-1' }],
    ['an id that is no number', { id: '12a' }],
  ])('with one that has %s are refused', async (_title, change) => {
    buy('BTCUSDT', now - DAY_MS);
    buy('BTCUSDT', now - DAY_MS);
    const edit = (body: unknown) => (body as object[]).map((row) => ({ ...row, ...change }));
    stage.simulator.faults.add({ kind: 'edit', edit: edit, path: TRADES, times: 9 });
    await expect(readPages(stage, 'trades:BTCUSDT', 0)).rejects.toMatchObject({ kind: 'guard' });
  });
});
