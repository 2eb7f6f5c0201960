import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { fetchCache, saveCache } from '../../src/repository/exchange-cache.js';
import { takeLease } from '../../src/repository/leases.js';
import { fetchLastSuccess, saveFailedRun } from '../../src/repository/runs.js';
import { describeOnBoth } from '../support/databases.js';
import { leased } from './leased.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

describeOnBoth('leases, cache and failed runs', (database) => {
  test('of two runs that want a lease one gets it, and an expired one is taken over', async () => {
    const { account } = await leased(database());
    const request = { account, runId: randomUUID(), holder: 'there:2', ttlMs: 60_000 };
    expect(await database().run((sql) => takeLease(sql, request))).toMatchObject({
      taken: false,
      holder: 'here:1',
    });
    await database().run(
      (sql) => sql`update exchange_sync.leases set expires_at = now() where account = ${account}`,
    );
    expect(await database().run((sql) => takeLease(sql, request))).toEqual({ taken: true });
  });

  test('the cache and the failed runs are kept', async () => {
    const entries = new Map([['markets', { value: [['BTCUSDT', 'BTC', 'USDT']], expiresAt: NOW }]]);
    await database().run((sql) => saveCache(sql, 'bybit/cache', entries));
    expect(await database().run((sql) => fetchCache(sql, 'bybit/cache'))).toEqual(entries);
    await database().run((sql) =>
      saveFailedRun(sql, { account: 'bybit/failed', runId: randomUUID(), milliseconds: 5, message: 'why' }),
    );
    expect(await database().run((sql) => fetchLastSuccess(sql, 'bybit/failed'))).toMatchObject({
      endedAt: undefined,
      future: undefined,
    });
  });
});
