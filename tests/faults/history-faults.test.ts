import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Cursor } from '../../src/models/events.js';
import type { Answer } from '../simulator/faults.js';
import { type ClientStage, idsOf, openClient, readPages } from '../support/client.js';

const EXECUTIONS = '/v5/execution/list';
const DEPOSITS = '/v5/asset/deposit/query-record';
const DAY_MS = 86_400_000;

let stage: ClientStage;
let now: number;

beforeEach(async () => {
  stage = await openClient();
  now = stage.simulator.world.now();
  // What passes by itself is tried again at once.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

/** So many executions and deposits of the last two days, their ids in order. */
function fill(count: number): { readonly trades: string[]; readonly deposits: string[] } {
  const times = Array.from({ length: count }, (_, index) => now - 2 * DAY_MS + index * 1_000);
  const order = { symbol: 'XRPUSDT', side: 'Buy', amount: '10', price: '0.5' } as const;
  return {
    trades: times.map((time) => String(stage.account.trade({ ...order, time })['execId'])),
    deposits: times.map((time) => String(stage.account.deposit('USDT', '5', { time })['id'])),
  };
}

const STREAMS = [['trades', EXECUTIONS] as const, ['deposits', DEPOSITS] as const];

describe.each(STREAMS)('pages of %s', (stream, path) => {
  test('that name the same next page for ever are refused', async () => {
    fill(600);
    const first: string[] = [];
    const edit = (body: Answer) => {
      first.push(body.result.nextPageCursor ?? '');
      return { ...body, result: { ...body.result, nextPageCursor: first[0] } };
    };
    stage.simulator.faults.add({ kind: 'edit', edit, path, times: 99 });
    await expect(readPages(stage, stream, now - 3 * DAY_MS)).rejects.toMatchObject({
      kind: 'guard',
      message: `the exchange's pages of ${stream} lead back to one another`,
    });
    expect(stage.asked(path)).toBe(2);
  });

  test('that bring the same rows under ever new names are refused', async () => {
    fill(1200);
    let first: Answer['result'] | undefined;
    const edit = (body: Answer) => {
      first ??= body.result;
      return { ...body, result: { ...first, nextPageCursor: body.result.nextPageCursor } };
    };
    stage.simulator.faults.add({ kind: 'edit', edit, path, times: 99 });
    await expect(readPages(stage, stream, now - 3 * DAY_MS)).rejects.toMatchObject({ kind: 'guard' });
    expect(stage.asked(path)).toBe(2);
  });

  test.each([
    [10001, 'params error: cursor'],
    [10016, 'Request timeout, please try again later'],
    [131002, 'cursor is incorrect'],
  ])(
    'whose name is refused with %i are read again from the beginning of the window',
    async (code, message) => {
      const ids = fill(250)[stream];
      const tries = code === 10016 ? 5 : 1;
      stage.simulator.faults.add({ kind: 'retCode', code, message, path, at: 3, times: tries });
      const pages = await readPages(stage, stream, now - 3 * DAY_MS);
      expect([...new Set(idsOf(pages))].sort()).toEqual(ids);
      const whole = Math.floor(250 / (stream === 'trades' ? 100 : 50)) + 1;
      expect(stage.asked(path)).toBe(2 + tries + whole);
    },
  );

  test('whose name is refused again and again end the reading', async () => {
    fill(250);
    stage.simulator.faults.add({
      kind: 'retCode',
      code: 10001,
      message: 'params error: cursor',
      path,
      query: 'cursor=',
      times: 99,
    });
    await expect(readPages(stage, stream, now - 3 * DAY_MS)).rejects.toMatchObject({
      kind: 'exchange-unavailable',
    });
    expect(stage.asked(path)).toBe(4);
  });

  test('a stored name that the exchange knows no longer sends the reading back to the beginning', async () => {
    const ids = fill(250)[stream];
    const window = { from: now - 3 * DAY_MS, to: now, page: 'bm9uc2Vuc2U=' };
    const cursor: Cursor = { stream, completeUntil: window.from, window };
    expect(idsOf(await readPages(stage, stream, cursor)).sort()).toEqual(ids);
  });

  test('a network that fails says nothing about the page: nothing is read twice', async () => {
    fill(250);
    stage.simulator.faults.add({ kind: 'reset', path, at: 3, times: 99 });
    await expect(readPages(stage, stream, now - 3 * DAY_MS)).rejects.toMatchObject({
      kind: 'exchange-unavailable',
    });
    expect(stage.asked(path)).toBe(2 + 5);
  });
});

const MALFORMED: readonly (readonly [string, (typeof STREAMS)[number][0] | 'withdrawals', object])[] = [
  ['no id', 'trades', { execId: undefined }],
  ['an empty id', 'trades', { execId: '' }],
  ['no symbol', 'trades', { symbol: undefined }],
  ['a side that is none', 'trades', { side: 'Short' }],
  ['a quantity of NaN', 'trades', { execQty: 'NaN' }],
  ['a quantity of Infinity', 'trades', { execQty: 'Infinity' }],
  ['an empty quantity', 'trades', { execQty: '' }],
  ['a quantity with a comma', 'trades', { execQty: '1,5' }],
  ['a negative quantity', 'trades', { execQty: '-10' }],
  ['a quantity of zero', 'trades', { execQty: '0' }],
  ['a negative price', 'trades', { execPrice: '-0.5' }],
  ['a price of zero', 'trades', { execPrice: '0.00' }],
  ['a negative value', 'trades', { execValue: '-5' }],
  ['a value that is an object', 'trades', { execValue: {} }],
  ['a fee that is no number', 'trades', { execFee: 'none' }],
  ['a time in words', 'trades', { execTime: 'yesterday' }],
  ['neither id nor transaction', 'deposits', { id: '', txID: '' }],
  ['an amount of NaN', 'deposits', { amount: 'NaN' }],
  ['a negative amount', 'deposits', { amount: '-5' }],
  ['a negative fee', 'deposits', { depositFee: '-1' }],
  ['no coin', 'deposits', { coin: undefined }],
  ['no time though it has arrived', 'deposits', { successAt: '' }],
  ['no id', 'withdrawals', { withdrawId: undefined }],
  ['a negative amount', 'withdrawals', { amount: '-5' }],
  ['an amount of NaN', 'withdrawals', { amount: 'NaN' }],
  ['no time', 'withdrawals', { createTime: '' }],
];

describe('one record among many', () => {
  test.each(MALFORMED)(
    'with %s (%s) is kept unread, and the others are read',
    async (_title, stream, change) => {
      fill(3);
      for (const { time } of stage.account.executions) stage.account.withdraw('USDT', '1', { time });
      const rowOf = { trades: 'executions', deposits: 'deposits', withdrawals: 'withdrawals' } as const;
      const records = stage.account[rowOf[stream]];
      Object.assign(records[1]?.row ?? {}, change);
      const pages = await readPages(stage, stream, now - 3 * DAY_MS);
      expect(idsOf(pages)).toHaveLength(records.length - 1);
      expect(pages.flatMap(({ unread }) => unread)).toMatchObject([{ stream }]);
      expect(stage.simulator.requests.filter(({ query }) => query.includes('startTime'))).toHaveLength(1);
    },
  );

  test.each([
    ['bought', 'Buy' as const, '0.01', 'XRP'],
    ['sold', 'Sell' as const, '0.01', 'USDT'],
    ['bought with a rebate', 'Buy' as const, '-0.01', 'USDT'],
    ['sold with a rebate', 'Sell' as const, '-0.01', 'XRP'],
  ])(
    'from before the exchange named the coin of a fee, %s, has it in the coin it then was',
    async (_t, side, execFee, asset) => {
      const row = stage.account.trade({ symbol: 'XRPUSDT', side, amount: '10', time: now - 1_000 });
      Object.assign(row, { feeCurrency: '', execFee });
      const [page] = await readPages(stage, 'trades', now - DAY_MS);
      const fee = page?.events[0]?.legs[2];
      expect(fee?.asset).toBe(asset);
      expect(fee?.amount.negated().toFixed()).toBe(execFee);
    },
  );

  test('of a deposit under way that has no time yet is read as pending now', async () => {
    const row = stage.account.deposit('BTC', '1', { status: '1', time: now - 1_000 });
    Object.assign(row, { successAt: '' });
    const [page] = await readPages(stage, 'deposits', now - DAY_MS);
    expect(page?.events).toMatchObject([{ status: 'pending' }]);
    expect(page?.events[0]?.time).toBeGreaterThanOrEqual(now);
  });
});
