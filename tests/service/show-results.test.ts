import { describe, expect, test } from '@jest/globals';
import type { Period } from '../../src/models/results.js';
import { SUMMED } from '../../src/models/results.js';
import type { DatabaseSettings } from '../../src/models/settings.js';
import { showResults, windowOf } from '../../src/service/show-results.js';
import { describeOnBoth } from '../support/databases.js';
import { pool, synced, type Texts } from '../repository/pools.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 9, 12);
const TODAY = NOW / DAY_MS - 0.5;
const ELSEWHERE = { kind: 'server' } as DatabaseSettings;

describe('the window of a period', () => {
  test.each<[string, Period, number, string | undefined]>([
    ['one day is today', { kind: 'days', days: 1 }, NOW, '2026-01-09'],
    ['seven days include today', { kind: 'days', days: 7 }, NOW, '2026-01-03'],
    ['days are those of UTC', { kind: 'days', days: 2 }, Date.UTC(2026, 0, 9, 23, 59, 59, 999), '2026-01-08'],
    ['a year is 365 days', { kind: 'days', days: 365 }, NOW, '2025-01-10'],
    ['the year so far begins on 1 January', { kind: 'ytd' }, NOW, '2026-01-01'],
    ['all has no beginning', { kind: 'all' }, NOW, undefined],
  ])('%s', (_, period, now, from) => {
    expect(windowOf(period, now)).toEqual({ from, to: '2026-01-09' });
  });
});

describeOnBoth('what was counted in a period', (database) => {
  const day = (ago: number, asset: string, texts: Texts) => ({
    day: TODAY - ago,
    asset,
    totals: pool(asset, texts).total,
  });
  const show = (accounts: readonly string[], period: Period) =>
    showResults(ELSEWHERE, { accounts, expected: accounts, period, now: NOW }, (fn) => fn(database()));

  const DAYS = [
    day(40, 'BTC', { trade: '1000', estimatedSold: '1' }),
    day(7, 'BTC', { trade: '100', feesPaid: '3' }),
    day(6, 'BTC', { trade: '10.000000000000000000000000000000000000000000000001', fee: '-1' }),
    day(6, 'GIFT', { unvaluedMoved: '8' }),
    day(1, 'BTC', { transferFee: '-2', unmatchedProceeds: '5', missing: '0.5' }),
    day(0, 'BTC', { income: '4', deposits: '50', withdrawals: '20' }),
    day(0, 'IDLE', {}),
  ];

  test('is the sum of its days, per asset and in total, to the last digit', async () => {
    await synced(database(), 'bybit/r', NOW, { ledger: { days: DAYS } });
    const { accounts, total, window } = await show(['bybit/r'], { kind: 'days', days: 7 });
    const [account] = accounts;
    expect(window).toEqual({ from: '2026-01-03', to: '2026-01-09' });
    expect(account).toMatchObject({ account: 'bybit/r', from: '2026-01-03', countedUntil: NOW });
    expect(account?.assets.map(({ asset }) => asset)).toEqual(['BTC', 'GIFT']);
    const [btc, gift] = account?.assets ?? [];
    expect(SUMMED.map((kind) => `${kind} ${btc?.sums[kind].toString() ?? ''}`)).toEqual([
      'sales 10.000000000000000000000000000000000000000000000001',
      ...['feesInKind -1', 'transferFees -2', 'income 4', 'unmatchedProceeds 5'],
      ...['feesPaid 0', 'deposits 50', 'withdrawals 20'],
    ]);
    expect([btc?.estimated, btc?.missing.toString(), gift?.unvalued.toString()]).toEqual([false, '0.5', '8']);
    expect(total.leavesOut).toEqual(['GIFT']);
  });

  test('of all time begins with the first event, and says that a cost was an estimate', async () => {
    const [account] = (await show(['bybit/r'], { kind: 'all' })).accounts;
    expect(account?.from).toBe('2025-11-30');
    const [btc] = account?.assets ?? [];
    expect([btc?.estimated, btc?.sums.sales.toString().slice(0, 6)]).toEqual([true, '1110.0']);
  });

  test('before the first replay by this version it is not known whether a cost is an estimate', async () => {
    await synced(database(), 'bybit/old', NOW, { ledger: { days: DAYS.slice(1) } });
    await database().run(
      (sql) => sql`
        update exchange_sync.daily_results set estimated_sold = null, unvalued_moved = null, unvalued_quantity = -8
         where account = 'bybit/old' and asset = 'GIFT'`,
    );
    const [account] = (await show(['bybit/old'], { kind: 'all' })).accounts;
    const gift = account?.assets.find(({ asset }) => asset === 'GIFT');
    expect([gift?.estimated, gift?.unvalued.toString()]).toEqual([undefined, '8']);
  });

  test('adds up the accounts, one in which nothing happened among them', async () => {
    await synced(database(), 'kraken/a', NOW, { ledger: { days: DAYS.slice(0, 1) } });
    await synced(database(), 'kraken/b', NOW, { ledger: { days: DAYS.slice(0, 1) } });
    await synced(database(), 'kraken/c', NOW, {});
    const shown = await show(['kraken/a', 'kraken/b', 'kraken/c'], { kind: 'all' });
    expect(shown.total.sums.sales.toString()).toBe('2000');
    expect(shown.accounts.map(({ assets }) => assets.length)).toEqual([1, 1, 0]);
    await expect(show(['okx'], { kind: 'all' })).rejects.toMatchObject({ kind: 'nothing-to-show' });
  });
});
