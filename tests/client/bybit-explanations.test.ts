import { describe, expect, test } from '@jest/globals';
import { balanceChanges } from '../../src/models/account-event.js';
import {
  type ClientStage,
  eventsOf,
  idsOf,
  lastCursor,
  legTexts,
  openClient,
  readPages,
} from '../support/client.js';
import { onClient } from '../support/on-client.js';

const DAY_MS = 86_400_000;
const CONVERTS = '/v5/asset/exchange/query-convert-history';

let stage: ClientStage;
let now: number;

onClient(
  (opened) => {
    stage = opened;
    now = stage.simulator.world.now();
  },
  { open: openClient, hurried: true },
);

const convert = (time: number, more: { status?: string } = {}) =>
  stage.account.convert({ from: 'USDT', amount: '10', to: 'BTC', toAmount: '0.00015344889', time, ...more });

describe('what may explain a balance at Bybit', () => {
  test('is asked for only where there is something to explain', async () => {
    expect(stage.client.streams).toEqual(['trades', 'deposits', 'withdrawals']);
    expect(await stage.client.searchStreams({ cursors: [], unexplained: [] })).toEqual([]);
    expect(await stage.client.searchStreams({ cursors: [], unexplained: ['BTC'] })).toEqual([
      'deposits:internal',
      'converts',
      'dust',
    ]);
  });

  test('deposits from other users have ids of their own, and their time is in seconds', async () => {
    stage.account.deposit('ETH', '1', { time: now - 5_000 });
    stage.account.receiveFromUser('ETH', '0.1', { time: now - 5_000 });
    stage.account.receiveFromUser('ETH', '0.2', { time: now - 6_000, state: 'failed' });
    stage.account.receiveFromUser('ETH', '0.3', { time: now - 7_000, state: 'pending' });
    const pages = await readPages(stage, 'deposits:internal', now - DAY_MS);
    const transfers = eventsOf(pages);
    expect(transfers.map((event) => `${event.status} ${legTexts(event).join()}`).sort()).toEqual([
      'done moved 0.1 ETH',
      'failed moved 0.2 ETH',
      'pending moved 0.3 ETH',
    ]);
    expect(transfers.find(({ status }) => status === 'done')).toMatchObject({
      id: expect.stringMatching(/^internal:\d+$/) as unknown,
      type: 'deposit',
      time: Math.floor((now - 5_000) / 1000) * 1000,
    });
  });

  test('conversions are read page by page until they are older than what is asked for', async () => {
    for (let index = 0; index < 250; index += 1) convert(now - 10 * DAY_MS - index * 60_000);
    for (let index = 0; index < 250; index += 1) convert(now - 500 * DAY_MS - index * 60_000);
    convert(now - DAY_MS, { status: 'FAIL' });
    const pages = await readPages(stage, 'converts', now - 11 * DAY_MS);
    const wanted = eventsOf(pages);
    expect(wanted).toHaveLength(250);
    expect(new Set(wanted.map(({ id }) => id)).size).toBe(250);
    expect(stage.asked(CONVERTS)).toBe(3);
    expect(wanted[0]).toMatchObject({ type: 'conversion', reason: 'convert', market: 'USDT/BTC' });
    expect(legTexts(wanted[0])).toEqual([expect.stringMatching(/^base -/), 'quote 0.00015344889 BTC']);
  });

  test('conversions made while their pages are read are found by the next run', async () => {
    for (let index = 0; index < 250; index += 1) convert(now - 10 * DAY_MS - index * 60_000);
    const all = await readPages(stage, 'converts', now - 30 * DAY_MS);
    const [first] = all;
    if (!first) throw new Error('no page');
    convert(stage.simulator.world.now());
    await new Promise((resolve) => setTimeout(resolve, 5));
    const rest = await readPages(stage, 'converts', first.cursor);
    expect(new Set([...idsOf([first]), ...idsOf(rest)]).size).toBe(251);
    expect(idsOf(await readPages(stage, 'converts', lastCursor(rest)))).toHaveLength(1);
  });

  test('small balances are a trade for each coin, before the fee, that makes up what was credited', async () => {
    stage.account.deposit('XRP', '1.02');
    stage.account.deposit('SOL', '0.00731');
    const before = stage.account.wallets.UNIFIED.get('BNB')?.toFixed() ?? '0';
    stage.account.sweepDust(['XRP', 'SOL']);
    const trades = eventsOf(await readPages(stage, 'dust', now - DAY_MS));
    expect(trades.map(({ market }) => market)).toEqual(['XRP/BNB', 'SOL/BNB']);
    expect(trades.every(({ type, reason }) => type === 'conversion' && reason === 'dust')).toBe(true);
    const credited = balanceChanges(trades).get('BNB');
    expect(credited?.plus(before).toString()).toBe(stage.account.wallets.UNIFIED.get('BNB')?.toFixed());
  });

  test.each([
    ['converts' as const, CONVERTS],
    ['dust' as const, '/v5/asset/covert/small-balance-history'],
    ['deposits:internal' as const, '/v5/asset/deposit/query-internal-record'],
  ])('%s without a result are no empty history', async (stream, path) => {
    stage.simulator.faults.add({ kind: 'retCode', code: 0, message: 'ok', path, times: 99 });
    await expect(readPages(stage, stream, now - DAY_MS)).rejects.toMatchObject({
      kind: 'guard',
    });
  });
});
