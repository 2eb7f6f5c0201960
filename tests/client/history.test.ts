import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cursor } from '../../src/models/events.js';
import { type ClientStage, idsOf, openClient, readPages } from '../support/client.js';

const EXECUTIONS = '/v5/execution/list';
const DEPOSITS = '/v5/asset/deposit/query-record';
const WITHDRAWALS = '/v5/asset/withdraw/query-record';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let stage: ClientStage;
let now: number;

beforeEach(async () => {
  stage = await openClient();
  now = stage.simulator.world.now();
});
afterEach(async () => {
  await stage.end();
});

const buy = (time: number, symbol = 'XRPUSDT'): string =>
  String(stage.account.trade({ symbol, side: 'Buy', amount: '10', price: '0.5', time })['execId']);

const spansOf = (path: string) =>
  stage.simulator.requests
    .filter((request) => request.path === path)
    .map(({ query }) => new URLSearchParams(query))
    .map((query) => ({ from: Number(query.get('startTime')), to: Number(query.get('endTime')) }));

describe('executions', () => {
  test.each([
    ['a page short of full', 350, 4],
    ['full to the last page', 200, 3],
    ['one page', 99, 1],
  ])(
    'in one window, %s: %i are read in %i requests, none lost or doubled',
    async (_title, count, requests) => {
      const ids = Array.from({ length: count }, (_, index) => buy(now - 3 * DAY_MS + index * 60_000));
      expect(idsOf(await readPages(stage, 'trades', now - 4 * DAY_MS)).sort()).toEqual(ids);
      expect(stage.asked(EXECUTIONS)).toBe(requests);
    },
  );

  test('that share one millisecond across the borders of pages are all read', async () => {
    const time = now - 2 * DAY_MS;
    const ids = [time - 1, ...Array.from({ length: 250 }, () => time), time + 1].map((at) => buy(at));
    expect(idsOf(await readPages(stage, 'trades', now - 3 * DAY_MS)).sort()).toEqual(ids);
  });

  test('are asked for in windows of seven days without a gap, for the two years that are kept', async () => {
    const times = [-731, -729.9, -700, -365.25, -7, -0.01].map((days) => Math.round(now + days * DAY_MS));
    const [tooOld, ...kept] = times.map((time) => buy(time));
    const read = idsOf(await readPages(stage, 'trades', 0));
    expect(read).toEqual(kept);
    expect(read).not.toContain(tooOld);
    const spans = spansOf(EXECUTIONS);
    expect(stage.client.countWindows(stage.client.firstCursor('trades', 0))).toBe(spans.length);
    expect(spans).toHaveLength(105);
    expect(spans.every(({ from, to }) => to > from && to - from <= 7 * DAY_MS)).toBe(true);
    expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => to));
    expect(spans.at(-1)?.to).toBeGreaterThanOrEqual(now);
  });

  test('on the edge of two windows are found', async () => {
    const cursor: Cursor = { stream: 'trades', completeUntil: now - 10 * DAY_MS, window: undefined };
    await readPages(stage, 'trades', cursor);
    const edge = spansOf(EXECUTIONS)[0]?.to ?? 0;
    const ids = [edge - 1, edge, edge + 1].map((time) => buy(time));
    stage.simulator.requests.length = 0;
    expect([...new Set(idsOf(await readPages(stage, 'trades', cursor)))].sort()).toEqual(ids);
    expect(spansOf(EXECUTIONS)[0]?.to).toBe(edge);
  });

  test.each([
    ['XRPUSDT', 'XRP', 'USDT'],
    ['EURXUSDC', 'EURX', 'USDC'],
    ['ORDXBTC', 'ORDX', 'BTC'],
    ['USDCUSDT', 'USDC', 'USDT'],
  ])('of %s, which is no longer listed, are read as %s for %s', async (symbol, base, quote) => {
    buy(now - HOUR_MS, symbol);
    stage.simulator.world.delist(symbol);
    const [page] = await readPages(stage, 'trades', now - DAY_MS);
    expect(page?.events).toMatchObject([
      { market: `${base}/${quote}`, legs: [{ asset: base }, { asset: quote }, {}] },
    ]);
  });

  test('of a pair whose coins are not known are kept unread, and read once the market is known', async () => {
    stage.simulator.world.addMarket('AAA', 'ZZZ', '1');
    buy(now - HOUR_MS, 'AAAZZZ');
    stage.simulator.world.delist('AAAZZZ');
    const [page] = await readPages(stage, 'trades', now - DAY_MS);
    expect(page).toMatchObject({
      events: [],
      unread: [
        {
          stream: 'trades',
          time: now - HOUR_MS,
          reason: 'the traded pair "AAAZZZ" is not known',
          raw: { symbol: 'AAAZZZ' },
        },
      ],
    });
    expect(stage.asked(EXECUTIONS)).toBe(1);
    const unread = page?.unread ?? [];
    expect(await stage.client.readAgain(unread)).toMatchObject({ events: [], resolved: [] });
    stage.kept.set('markets', [['AAAZZZ', 'AAA', 'ZZZ', 0]]);
    expect(await (await stage.reopen()).readAgain(unread)).toMatchObject({
      events: [{ market: 'AAA/ZZZ' }],
      resolved: unread,
    });
  });

  test('that appear late are found up to two hours behind the cursor', async () => {
    const pages = await readPages(stage, 'trades', now - DAY_MS);
    const cursor = pages.at(-1)?.cursor;
    if (!cursor) throw new Error('no cursor');
    const late = buy(cursor.completeUntil - 2 * HOUR_MS + 1);
    buy(cursor.completeUntil - 2 * HOUR_MS - 1);
    expect(idsOf(await readPages(stage, 'trades', cursor))).toEqual([late]);
  });
});

describe('a reading that was cut short', () => {
  test('goes on from the page that its cursor names', async () => {
    const ids = Array.from({ length: 350 }, (_, index) => buy(now - 9 * DAY_MS + index * 60_000));
    const all = await readPages(stage, 'trades', now - 10 * DAY_MS);
    expect(all.length).toBeGreaterThan(3);
    for (const [index, { cursor }] of all.entries()) {
      stage.simulator.requests.length = 0;
      const before = all.slice(0, index + 1);
      const after = await readPages(stage, 'trades', cursor);
      expect([...new Set(idsOf([...before, ...after]))].sort()).toEqual(ids);
      if (cursor.window) expect(stage.asked(EXECUTIONS)).toBe(all.length - 1 - index);
    }
  });

  test('no page that held rows confirms more than what it and those before it held', async () => {
    const times = Array.from({ length: 350 }, (_, index) => now - 9 * DAY_MS + index * 60_000);
    for (const time of times) buy(time);
    const read = new Set<number>();
    for (const { events, cursor } of await readPages(stage, 'trades', now - 10 * DAY_MS)) {
      for (const { time } of events) read.add(time);
      expect(times.filter((time) => time < cursor.completeUntil && !read.has(time))).toEqual([]);
    }
  });
});

describe('transfers', () => {
  test.each([
    ['deposits' as const, DEPOSITS],
    ['withdrawals' as const, WITHDRAWALS],
  ])('%s are read over all pages of windows shorter than thirty days', async (stream, path) => {
    const times = Array.from({ length: 120 }, (_, index) => now - 20 * DAY_MS + Math.floor(index / 60));
    const give = (time: number) =>
      stream === 'deposits'
        ? stage.account.deposit('USDT', '5', { time })['id']
        : stage.account.withdraw('USDT', '5', { time })['withdrawId'];
    const ids = times.map((time) => String(give(time)));
    expect(idsOf(await readPages(stage, stream, now - 60 * DAY_MS)).sort()).toEqual(ids);
    const spans = spansOf(path);
    expect(spans.every(({ from, to }) => to - from < 30 * DAY_MS)).toBe(true);
    // 63 days with the overlap, the third page of the window that holds them all is short.
    expect(spans).toHaveLength(5);
  });

  test('that change their state are read again for three days', async () => {
    const [{ cursor } = { cursor: undefined }] = await readPages(stage, 'deposits', now - DAY_MS);
    if (!cursor) throw new Error('no cursor');
    stage.account.deposit('BTC', '1', { time: cursor.completeUntil - 3 * DAY_MS + 1_000 });
    stage.account.deposit('ETH', '1', { time: cursor.completeUntil - 3 * DAY_MS - 1_000 });
    const [page] = await readPages(stage, 'deposits', cursor);
    expect(page?.events.map(({ legs }) => legs[0]?.asset)).toEqual(['BTC']);
  });
});
