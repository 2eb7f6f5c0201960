import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { askBinance, type Values } from '../support/ask-binance.js';
import type { SimulatedAccount } from './account.js';
import { type Simulator, startSimulator } from './simulator.js';

const DAY_MS = 86_400_000;
const TRADES = '/api/v3/myTrades';
const DEPOSITS = '/sapi/v1/capital/deposit/hisrec';
const WITHDRAWALS = '/sapi/v1/capital/withdraw/history';

interface Trade {
  readonly id: number;
  readonly orderId: number;
  readonly time: number;
}

let simulator: Simulator;
let account: SimulatedAccount;
let now: number;

beforeEach(async () => {
  simulator = await startSimulator();
  account = simulator.world.addAccount('historyKey', 'historySecret');
  now = simulator.world.now();
});
afterEach(async () => {
  await simulator.stop();
});

const read = async <Body>(path: string, values: Values = {}): Promise<Body> => {
  const { status, body } = await askBinance(simulator, path, values, account);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Body;
};
const trades = (values: Values = {}) => read<Trade[]>(TRADES, { symbol: 'BTCUSDT', ...values });
const buy = (time: number, symbol = 'BTCUSDT') =>
  account.trade({ symbol, side: 'Buy', amount: '0.001', price: '60000', time });

describe('trades', () => {
  test('are read to the end by fromId, which is inclusive, though many share a moment', async () => {
    // Neither in the order of their times nor one a moment.
    for (let index = 0; index < 25; index += 1) buy(now - DAY_MS * ((index * 7) % 5));
    const ids: number[] = [];
    for (let next = 0; ;) {
      const page = await trades({ fromId: next, limit: 4 });
      if (page.length === 0) break;
      ids.push(...page.map(({ id }) => id));
      next = (ids.at(-1) ?? 0) + 1;
    }
    expect(ids).toHaveLength(25);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect((await trades({ fromId: ids[20] ?? 0 })).map(({ id }) => id)).toEqual(ids.slice(20));
  });

  test('are ascending: the oldest from startTime on, the latest up to endTime, the latest without times', async () => {
    for (let day = 9; day >= 0; day -= 1) buy(now - day * DAY_MS);
    const days = async (values: Values) =>
      (await trades({ limit: 3, ...values })).map(({ time }) => (now - time) / DAY_MS);
    expect(await days({})).toEqual([2, 1, 0]);
    expect(await days({ startTime: now - 8 * DAY_MS })).toEqual([8, 7, 6]);
    expect(await days({ endTime: now - 4 * DAY_MS })).toEqual([6, 5, 4]);
    expect(await days({ startTime: now - 5 * DAY_MS, endTime: now - 4 * DAY_MS })).toEqual([5, 4]);
  });

  test('are 500 without a limit and never more than 1000', async () => {
    for (let index = 0; index < 1005; index += 1) buy(now - index);
    expect(await trades()).toHaveLength(500);
    expect(await trades({ limit: 5000 })).toHaveLength(1000);
  });

  test('have ids of their own symbol only, and can be asked by order', async () => {
    simulator.world.addMarket('LTC', 'USDT', '80');
    buy(now);
    buy(now, 'LTCUSDT');
    const [first, second] = [await trades(), await trades({ symbol: 'LTCUSDT' })];
    expect(first.map(({ id }) => id)).toEqual(second.map(({ id }) => id));
    const orderId = first[0]?.orderId ?? 0;
    expect(await trades({ orderId })).toEqual(first);
    expect(await trades({ orderId: orderId + 1 })).toEqual([]);
  });

  test('of a delisted symbol are out of reach, though the symbol stays listed', async () => {
    buy(now);
    simulator.world.delist('BTCUSDT');
    expect(await askBinance(simulator, TRADES, { symbol: 'BTCUSDT' }, account)).toMatchObject({
      status: 400,
      body: { code: -1121 },
    });
  });
});

describe.each([
  ['deposits', DEPOSITS, 'insertTime', (time: number) => account.deposit('SOL', '1.5', { time })],
  ['withdrawals', WITHDRAWALS, 'applyTime', (time: number) => account.withdraw('SOL', '1.5', { time })],
])('%s', (_title, path, timeField, happen) => {
  test('are of the last 90 days, newest first, unless a window is asked', async () => {
    for (const days of [100, 80, 10]) happen(now - days * DAY_MS);
    const days = async (values: Values = {}) =>
      (await read<Record<string, string>[]>(path, values)).map((row) => {
        const shown = row[timeField] ?? '';
        const time = typeof shown === 'number' ? shown : Date.parse(`${shown}Z`);
        return Math.round((now - time) / DAY_MS);
      });
    expect(await days()).toEqual([10, 80]);
    expect(await days({ startTime: now - 120 * DAY_MS, endTime: now - 30 * DAY_MS })).toEqual([80, 100]);
  });

  test('an old startTime alone asks for too wide a window', async () => {
    const answer = await askBinance(simulator, path, { startTime: now - 91 * DAY_MS }, account);
    expect(answer.body).toEqual({ code: -4047, msg: 'Time interval must be within 0-90 days' });
  });

  test('are read by offset and limit, of one coin too', async () => {
    for (let index = 0; index < 5; index += 1) happen(now - index * 1000);
    account.deposit('BTC', '1');
    const all = await read<{ id: string }[]>(path, { coin: 'SOL' });
    expect(all).toHaveLength(5);
    expect(await read(path, { coin: 'SOL', offset: 3, limit: 1 })).toEqual([all[3]]);
    expect(await read(path, { coin: 'SOL', offset: 5 })).toEqual([]);
  });
});

test('every state of a transfer has its number, and only what is credited or gone moves the balance', async () => {
  const states = ['pending', 'awaiting', 'credited', 'done', 'rejected', 'failed'] as const;
  for (const state of states) account.deposit('SOL', '1', { state });
  const deposits = await read<{ status: number }[]>(DEPOSITS);
  expect(deposits.map(({ status }) => status).reverse()).toEqual([0, 8, 6, 1, 2, 7]);
  expect(account.wallets.UNIFIED.get('SOL')?.toFixed()).toBe('2');
  for (const state of [...states, 'cancelled'] as const)
    account.withdraw('SOL', '0.1', { state, fee: '0.1' });
  const withdrawals = await read<{ status: number }[]>(WITHDRAWALS);
  expect(withdrawals.map(({ status }) => status).reverse()).toEqual([4, 2, 4, 6, 3, 5, 1]);
  expect(account.wallets.UNIFIED.get('SOL')?.toFixed()).toBe('1.2');
  expect(await read(DEPOSITS, { status: 8 })).toHaveLength(1);
});

test('conversions are of 30 days at most: more is answered with nothing, and so is told what was cut off', async () => {
  const flow = (days: number, more: Values = {}) =>
    read<{ list: { toAmount: string }[]; moreData: boolean }>('/sapi/v1/convert/tradeFlow', {
      startTime: now - days * DAY_MS,
      endTime: now,
      ...more,
    });
  for (const toAmount of ['1', '2', '3'])
    account.convert({ from: 'USDT', amount: '20', to: 'BNB', toAmount, time: now - DAY_MS });
  expect((await flow(30)).list.map(({ toAmount }) => toAmount)).toEqual(['3', '2', '1']);
  expect(await flow(31)).toMatchObject({ list: [], moreData: false });
  expect(await flow(30, { limit: 2 })).toMatchObject({ list: [{}, {}], moreData: true });
  expect((await askBinance(simulator, '/sapi/v1/convert/tradeFlow', {}, account)).body).toMatchObject({
    code: -1102,
  });
});

test('dividends are of 180 days at most, 20 without a limit, and what was taken back has a direction', async () => {
  const path = '/sapi/v1/asset/assetDividend';
  for (let index = 0; index < 25; index += 1) account.receive('SOL', '1', { time: now - index * DAY_MS });
  account.receive('SOL', '-0.5');
  const { rows, total } = await read<{ rows: object[]; total: number }>(path);
  expect([rows.length, total, rows[0]]).toEqual([20, 26, expect.objectContaining({ direction: -1 })]);
  expect(await askBinance(simulator, path, { startTime: now - 181 * DAY_MS }, account)).toMatchObject({
    status: 400,
    body: { code: -1102, msg: 'illegal parameter ' },
  });
});

test('moves between wallets are asked by direction, a week without times, half a year at most', async () => {
  const rows = (type: string, more: Values = {}) =>
    read<{ total: number }>('/sapi/v1/asset/transfer', { type, ...more });
  account.move('BTC', '1', 'UNIFIED', 'FUND');
  account.move('BTC', '0.5', 'FUND', 'UNIFIED');
  expect(await rows('MAIN_FUNDING')).toMatchObject({ total: 1, rows: [{ amount: '1' }] });
  expect(await rows('FUNDING_MAIN')).toMatchObject({ total: 1, rows: [{ amount: '0.5' }] });
  simulator.world.advance(8 * DAY_MS);
  expect(await rows('MAIN_FUNDING')).toMatchObject({ total: 0 });
  expect(await rows('MAIN_FUNDING', { startTime: now - DAY_MS })).toMatchObject({ total: 1 });
  simulator.world.advance(183 * DAY_MS);
  expect(await rows('MAIN_FUNDING', { startTime: now - DAY_MS })).toMatchObject({ total: 0 });
});
