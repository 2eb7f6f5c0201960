import { expect, test } from '@jest/globals';
import type { AssetMoment, Counts } from '../../src/models/bridge.js';
import { parseDecimal } from '../../src/models/decimal.js';
import { fetchAssetMoments } from '../../src/repository/pool-history.js';
import { saveSettled } from '../../src/repository/settled-commit.js';
import { describeOnBoth } from '../support/databases.js';
import { NO_LEDGER } from './leased.js';
import { held, pool, synced } from './pools.js';

const NOW = Date.UTC(2026, 0, 9, 12, 0, 0, 123);
const FIFTY_DIGITS = '12345678901234567890.123456789012345678901234567891';

/** What is not 0. */
const countsIn = ({ counts }: AssetMoment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(counts as unknown as Record<string, Counts['moved']>)
      .filter(([, amount]) => !amount.isZero())
      .map(([kind, amount]) => [kind, amount.toString()]),
  );

describeOnBoth('what the ledger had counted', (database) => {
  const momentAt = async (account: string, time: number, runId: string) => {
    const moments = await database().run((sql) => fetchAssetMoments(sql, account, { runId, time }));
    return Object.fromEntries([...moments].map(([asset, moment]) => [asset, moment]));
  };
  const rowsOf = async (account: string) =>
    (
      await database().run(
        (sql) => sql`
          select asset, since from exchange_sync.pool_history where account = ${account} order by since, asset`,
      )
    ).map(({ asset, since }) => `${String(asset)} ${(since as Date).getTime() - NOW}`);

  test('comes back as of each snapshot to the last digit, beside what was held then', async () => {
    const account = 'bybit/counted';
    const first = {
      holdings: [held('BTC', '2', '60000'), held('FOUND', '7')],
      ledger: {
        pools: [
          pool('BTC', { quantity: '1.5', missing: '0.5', book: FIFTY_DIGITS, grossGain: '-3', income: '1' }),
          pool('SOLD', { feesPaid: '1', deposits: '2', withdrawals: '3', unvaluedQuantity: '-4' }),
        ],
      },
    };
    const second = {
      ledger: { pools: [pool('BTC', { estimatedSold: '5' }), pool('SOLD', { unvaluedMoved: '6' })] },
    };
    const runs = [
      await synced(database(), account, NOW, first),
      await synced(database(), account, NOW + 1, second),
    ] as const;
    const before = await momentAt(account, NOW, runs[0]);
    expect(Object.keys(before).sort()).toEqual(['BTC', 'FOUND', 'SOLD']);
    expect(before['BTC']).toMatchObject({ quantity: parseDecimal('2'), price: parseDecimal('60000') });
    expect(before['BTC'] && countsIn(before['BTC'])).toEqual({
      ...{ moved: '1', book: FIFTY_DIGITS, grossGain: '-3', income: '1' },
    });
    expect(before['FOUND']).toMatchObject({ quantity: parseDecimal('7'), price: undefined });
    expect(before['FOUND'] && countsIn(before['FOUND'])).toEqual({});
    expect(before['SOLD'] && countsIn(before['SOLD'])).toEqual({
      ...{ feesPaid: '1', deposits: '2', withdrawals: '3', unvaluedQuantity: '-4' },
    });
    const after = await momentAt(account, NOW + 1, runs[1]);
    expect(after['BTC'] && countsIn(after['BTC'])).toEqual({ estimatedSold: '5' });
    expect(after['SOLD'] && countsIn(after['SOLD'])).toEqual({ unvaluedMoved: '6' });
  });

  test('makes a row only where it changed, one of nothing where all events of an asset were replaced', async () => {
    const account = 'bybit/changed';
    const both = { ledger: { pools: [pool('BTC', { quantity: '1.50' }), pool('ETH', { quantity: '2' })] } };
    const one = { ledger: { pools: [pool('BTC', { quantity: '1.5' })] } };
    await synced(database(), account, NOW, both);
    await synced(database(), account, NOW + 1, both);
    expect(await rowsOf(account)).toEqual(['BTC 0', 'ETH 0']);
    const run = await synced(database(), account, NOW + 2, one);
    await synced(database(), account, NOW + 3, one);
    expect(await rowsOf(account)).toEqual(['BTC 0', 'ETH 0', 'ETH 2']);
    const { ETH } = await momentAt(account, NOW + 3, run);
    expect(ETH && countsIn(ETH)).toEqual({});
  });

  test('is replaced where the books are kept anew for the same snapshot', async () => {
    const account = 'bybit/settled';
    const kept = (moved: string) => ({ pools: [pool('BTC', { quantity: moved })] });
    const runId = await synced(database(), account, NOW, { ledger: kept('1') });
    const commit = { account, runId, endedAt: NOW, holdings: [], ledger: { ...NO_LEDGER, ...kept('3') } };
    expect(await database().run((sql) => saveSettled(sql, commit))).toBe('committed');
    expect(await rowsOf(account)).toEqual(['BTC 0']);
    const { BTC } = await momentAt(account, NOW, runId);
    expect(BTC && countsIn(BTC)).toEqual({ moved: '3' });
  });
});
