import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { parseDecimal } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import { saveAccount } from '../../src/repository/account-commit.js';
import { takeLease } from '../../src/repository/leases.js';
import { fetchPortfolio } from '../../src/repository/portfolio.js';
import {
  countRuns,
  fetchAssetSnapshots,
  fetchNewestSnapshotTimes,
  fetchSnapshotAssets,
  fetchSnapshots,
} from '../../src/repository/snapshots.js';
import type { Database } from '../../src/database/with-database.js';
import { commitOf, dateRun } from './leased.js';
import { describeOnBoth } from '../support/databases.js';

// Not long ago: a commit thins out old snapshots.
const NOW = Date.now();
const DAY_MS = 86_400_000;
const FIFTY_DIGITS = '12345678901234567890.123456789012345678901234567891';

const held = (asset: string, price?: string, quantity = '1'): Holding => ({
  asset,
  quantity: parseDecimal(quantity),
  price:
    price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route: ['X'], pricedAt: NOW },
  cost: { knownQuantity: parseDecimal('0'), cost: parseDecimal('0'), averageEntry: undefined },
});

const all = (since: number) => ({ since, now: NOW, every: 0 });

/** A run of the account that ended `daysAgo` and found this. */
async function synced(
  database: Database,
  account: string,
  daysAgo: number,
  holdings: readonly Holding[],
  success = true,
): Promise<void> {
  const runId = randomUUID();
  await database.run(async (sql) => {
    await sql`delete from exchange_sync.leases where account = ${account}`;
    await takeLease(sql, { account, runId, holder: 'here:1', ttlMs: 60_000 });
    const endedAt = NOW - daysAgo * DAY_MS;
    await saveAccount(sql, commitOf(account, runId, endedAt, { holdings, success }));
    await dateRun(sql, account, runId, endedAt);
  });
}

describeOnBoth('the snapshots', (database) => {
  test('are read since a time, of the accounts named or of all, oldest first and to the last digit', async () => {
    await synced(database(), 'bybit/a', 9, [held('BTC', '1')]);
    await synced(database(), 'bybit/a', 3, [held('BTC', FIFTY_DIGITS), held('GIFT')], false);
    await synced(database(), 'bybit/b', 2, [held('GIFT')]);
    await synced(database(), 'bybit/a', 1, []);
    const read = (accounts?: readonly string[]) =>
      database().run((sql) => fetchSnapshots(sql, all(NOW - 3 * DAY_MS), accounts));
    const partial = {
      account: 'bybit/a',
      runId: expect.any(String) as unknown as string,
      takenAt: NOW - 3 * DAY_MS,
      complete: false,
      value: parseDecimal(FIFTY_DIGITS),
      unpriced: ['GIFT'],
    };
    const unknown = {
      account: 'bybit/b',
      runId: expect.any(String) as unknown as string,
      takenAt: NOW - 2 * DAY_MS,
      complete: true,
      value: undefined,
      unpriced: ['GIFT'],
    };
    const empty = {
      account: 'bybit/a',
      runId: expect.any(String) as unknown as string,
      takenAt: NOW - DAY_MS,
      complete: true,
      value: parseDecimal('0'),
      unpriced: [],
    };
    expect(await read()).toEqual([partial, unknown, empty]);
    expect(await read(['bybit/a'])).toEqual([partial, empty]);
    expect(await read(['bybit/c'])).toEqual([]);
    const counted = (accounts?: readonly string[]) =>
      database().run((sql) => countRuns(sql, NOW - 3 * DAY_MS, accounts));
    expect([await counted(), await counted(['bybit/a']), await counted(['bybit/c'])]).toEqual([3, 2, 0]);
    const newest = (accounts?: readonly string[]) =>
      database().run((sql) => fetchNewestSnapshotTimes(sql, accounts));
    const times = [
      ['bybit/a', NOW - DAY_MS],
      ['bybit/b', NOW - 2 * DAY_MS],
    ] as const;
    expect(await newest()).toEqual(new Map(times));
    expect(await newest(['bybit/b', 'bybit/c'])).toEqual(new Map([times[1]]));
  });

  test('are read of one asset: 0 where all was read and none was held, nothing where that is not known', async () => {
    const account = 'bybit/one';
    await synced(database(), account, 9, [held('BTC', '1', '5')]);
    await synced(database(), account, 5, [held('BTC', FIFTY_DIGITS, '2'), held('GIFT')]);
    await synced(database(), account, 4, [held('GIFT')]);
    await synced(database(), account, 3, [held('GIFT')], false);
    await synced(database(), account, 2, [held('BTC')]);
    const since = NOW - 5 * DAY_MS;
    const found = await database().run((sql) => fetchAssetSnapshots(sql, all(since), 'BTC', [account]));
    expect(found.map(({ value, unpriced }) => ({ value, unpriced }))).toEqual(
      [parseDecimal(FIFTY_DIGITS).times(2), parseDecimal('0'), undefined, undefined].map((value) => ({
        value,
        unpriced: [],
      })),
    );
    const assets = async (from: number) =>
      (await database().run((sql) => fetchSnapshotAssets(sql, from)))
        .filter((one) => one.account === account)
        .map(({ asset }) => asset);
    expect((await assets(since)).sort()).toEqual(['BTC', 'GIFT']);
    expect(await assets(NOW)).toEqual([]);
  });

  test('are sampled, such as one a quarter of a day, counted back from now: the newest complete one, at last the newest', async () => {
    for (const [hours, price, complete] of [
      [24, '9', true],
      [23.9, '1', true],
      [17.9, '2', true],
      [12.1, '3', false],
      [11.9, '4', true],
      [6.1, '5', true],
      [3, '6', true],
      [0.1, '7', false],
    ] as const) {
      await synced(database(), 'bybit/h', hours / 24, [held('BTC', price)], complete);
    }
    await synced(database(), 'bybit/i', 0.5, [held('BTC', '8')]);
    const read = (accounts: readonly string[]) =>
      database().run((sql) =>
        fetchSnapshots(sql, { since: NOW - DAY_MS + 1, now: NOW, every: DAY_MS / 4 }, accounts),
      );
    const values = (await read(['bybit/h', 'bybit/i'])).map(
      ({ account, value }) => `${account} ${String(value)}`,
    );
    expect(values).toEqual(['bybit/h 1', 'bybit/h 2', 'bybit/i 8', 'bybit/h 5', 'bybit/h 7']);
    expect(await read(['bybit/i'])).toHaveLength(1);
  });

  test('give what is held without a price its last known one, and nothing else', async () => {
    await synced(database(), 'bybit/p', 5, [held('GIFT', '0.11'), held('SOLD', '7')]);
    await synced(database(), 'bybit/p', 3, [held('GIFT', '0.12'), held('BTC', '4')]);
    await synced(database(), 'bybit/p', 1, [held('GIFT'), held('BTC', '5'), held('NEVER')]);
    await synced(database(), 'bybit/q', 2, [held('GIFT', '99')]);
    const [shown] = await database().run((sql) => fetchPortfolio(sql, ['bybit/p']));
    expect(shown?.lastPrices).toEqual(
      new Map([['GIFT', { price: parseDecimal('0.12'), time: NOW - 3 * DAY_MS }]]),
    );
  });
});
