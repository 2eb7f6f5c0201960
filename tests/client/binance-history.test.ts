import { describe, expect, test } from '@jest/globals';
import { type Decimal, ZERO } from '../../src/models/decimal.js';
import type { Stream } from '../../src/models/events.js';
import type { HistoryPage } from '../../src/client/exchange-client.js';
import { type ClientStage, eventsOf, idsOf, legTexts, readPages } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const DAY_MS = 86_400_000;
const PATHS = {
  deposits: '/sapi/v1/capital/deposit/hisrec',
  withdrawals: '/sapi/v1/capital/withdraw/history',
} as const;

let stage: ClientStage;
let now: number;

onClient(
  (opened) => {
    stage = opened;
    now = stage.simulator.world.now();
  },
  { hurried: true },
);

const spansOf = (path: string) =>
  stage.simulator.requests
    .filter((request) => request.path === path)
    .map(({ query }) => new URLSearchParams(query))
    .map((query) => ({ from: Number(query.get('startTime')), to: Number(query.get('endTime')) }));
/** What the events that are done did to each coin, by their legs. */
function changesOf(pages: readonly HistoryPage[]): Record<string, string> {
  const sums = new Map<string, Decimal>();
  const done = eventsOf(pages).filter(({ status }) => status === 'done');
  for (const { asset, amount } of done.flatMap(({ legs }) => legs))
    sums.set(asset, (sums.get(asset) ?? ZERO).plus(amount));
  return Object.fromEntries([...sums].sort().map(([asset, sum]) => [asset, sum.toString()]));
}

test('every event together makes up the balances to the last digit', async () => {
  const { account } = stage;
  account.deposit('USDT', '10000.00000001');
  account.deposit('XRP', '1.02');
  account.deposit('SOL', '0.00731');
  account.deposit('ETH', '5', { state: 'pending' });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000' });
  account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.03', price: '61000.01', feeAsset: 'BNB' });
  account.convert({ from: 'USDT', amount: '20', to: 'BNB', toAmount: '0.03321' });
  account.convert({ from: 'USDT', amount: '999', to: 'BNB', status: 'FAIL' });
  account.sweepDust(['XRP', 'SOL']);
  account.receive('BNB', '0.00000123');
  account.receive('BNB', '-0.00000023');
  account.withdraw('USDT', '100.5', { fee: '0.25' });
  account.withdraw('USDT', '77', { state: 'cancelled', fee: '1' });
  const streams: readonly Stream[] = [...stage.client.streams, 'trades:BTCUSDT'];
  const pages: HistoryPage[] = [];
  for (const stream of streams) pages.push(...(await readPages(stage, stream, now - DAY_MS)));
  const [spot] = await stage.client.readWallets();
  const held =
    spot?.status === 'read' ? spot.balances.map(({ asset, total }) => [asset, total.toString()]) : [];
  const changes = changesOf(pages);
  expect(Object.fromEntries(Object.entries(changes).filter(([, sum]) => sum !== '0'))).toEqual(
    Object.fromEntries(held.sort()),
  );
  expect(changes).toMatchObject({ XRP: '0', SOL: '0' });
});

describe('transfers', () => {
  test.each([
    ['deposits', ['pending', 'awaiting', 'credited', 'done', 'rejected', 'failed']] as const,
    ['withdrawals', ['pending', 'awaiting', 'credited', 'done', 'rejected', 'failed', 'cancelled']] as const,
  ])('%s have the state that their number means', async (stream, states) => {
    for (const [index, state] of states.entries()) {
      const order = { state, time: now - 60_000 * (index + 1), fee: '0.004' };
      if (stream === 'deposits') stage.account.deposit('SOL', '1.5', order);
      else stage.account.withdraw('SOL', '1.5', order);
    }
    const pages = await readPages(stage, stream, now - DAY_MS);
    const wanted =
      stream === 'deposits'
        ? ['pending', 'pending', 'done', 'done', 'failed', 'failed']
        : ['pending', 'pending', 'pending', 'done', 'failed', 'failed', 'failed'];
    const events = eventsOf(pages);
    expect(events.map(({ status }) => status)).toEqual(wanted);
    const [first] = events;
    expect(first?.time).toBe(stream === 'deposits' ? now - 60_000 : Math.floor((now - 60_000) / 1000) * 1000);
    expect(legTexts(first)).toEqual(
      stream === 'deposits' ? ['moved 1.5 SOL'] : ['moved -1.5 SOL', 'fee -0.004 SOL'],
    );
  });

  test('are read over pages of a thousand by offset, and go on from a page when cut short', async () => {
    const ids = Array.from({ length: 2_300 }, (_, index) => {
      stage.account.deposit('USDT', '5', { time: now - 2 * DAY_MS - index });
      return index;
    });
    const pages = await readPages(stage, 'deposits', now - 3 * DAY_MS);
    expect(new Set(idsOf(pages)).size).toBe(ids.length);
    expect(pages.map(({ events }) => events.length)).toEqual([1000, 1000, 300]);
    const [first] = pages;
    if (!first) throw new Error('no page');
    stage.simulator.requests.length = 0;
    const rest = await readPages(stage, 'deposits', first.cursor);
    expect(new Set([...idsOf([first]), ...idsOf(rest)]).size).toBe(ids.length);
    expect(stage.asked(PATHS.deposits)).toBe(3);
  });

  test('are asked for in windows within ninety days without a gap, since Binance opened', async () => {
    stage.account.deposit('BTC', '1', { time: Date.UTC(2017, 7, 1) });
    const pages = await readPages(stage, 'deposits', 0);
    expect(idsOf(pages)).toHaveLength(1);
    const spans = spansOf(PATHS.deposits);
    expect(spans.every(({ from, to }) => to > from && to - from < 90 * DAY_MS)).toBe(true);
    expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => to));
    expect(spans.length).toBe(Math.ceil((now - Date.UTC(2017, 6, 1)) / (90 * DAY_MS - 1_000)));
  });

  test('of dear windows are confirmed though nothing is in them, so that a run cut short goes on behind', async () => {
    const pages = await readPages(stage, 'withdrawals', now - 300 * DAY_MS);
    expect(pages).toHaveLength(4);
    expect(pages.map(({ cursor }) => cursor.completeUntil)).toEqual(
      spansOf(PATHS.withdrawals).map(({ to }) => to),
    );
  });
});
