import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Database, Sql } from '../../src/database/with-database.js';
import { fetchCache, saveCache } from '../../src/repository/exchange-cache.js';
import { takeLease } from '../../src/repository/leases.js';
import { fetchLastSuccess, saveFailedRun } from '../../src/repository/runs.js';
import { describeOnBoth } from '../support/databases.js';
import { leased } from './leased.js';
import { synced } from './pools.js';

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

const ACCOUNT = 'bybit/aged';

/** A run of so many days ago with its row of sync_history; `assets` null: it stored nothing. */
const ran = (sql: Sql, days: number, success: boolean, assets: number | null) => sql`
  with run as (
    insert into exchange_sync.runs (account, run_id, started_at, ended_at, success, assets)
    select ${ACCOUNT}, gen_random_uuid(), at - interval '1 second', at, ${success}, ${assets}
      from (select now() - ${days}::float8 * interval '1 day' as at) as time
    returning *)
  insert into public.sync_history (exchange_id, sync_type, success, start_time, end_time)
  select account, 'portfolio', success, started_at at time zone 'UTC', ended_at at time zone 'UTC' from run`;

/** Ages in days of the runs, and of the rows of sync_history. */
const ages = async (database: Database) =>
  await database.run(async (sql) => {
    const [row] = await sql<{ own: number[]; shared: number[] }[]>`
      select (select jsonb_agg(round(extract(epoch from now() - ended_at) / 86400)::int order by ended_at)
                from exchange_sync.runs where account = ${ACCOUNT}) as own,
             (select jsonb_agg(round(extract(epoch from now() at time zone 'UTC' - end_time) / 86400)::int
                               order by end_time)
                from public.sync_history where exchange_id = ${ACCOUNT}) as shared`;
    return row;
  });

const failed = (database: Database) =>
  database.run((sql) =>
    saveFailedRun(sql, { account: ACCOUNT, runId: randomUUID(), milliseconds: 5, message: 'why' }),
  );

describeOnBoth('runs of more than 90 days ago', (database) => {
  test('are deleted with their rows of sync_history, but for the newest good one and those of others', async () => {
    await database().run(async (sql) => {
      await ran(sql, 400, true, 3);
      await ran(sql, 300, true, 3);
      await ran(sql, 250, false, 3);
      await ran(sql, 200, false, 3);
      await ran(sql, 150, false, null);
      await ran(sql, 89, false, null);
      await sql`
        insert into public.sync_history (exchange_id, sync_type, success, end_time)
        select ${ACCOUNT}, type, true, now() at time zone 'UTC' - days * interval '1 day'
          from (values ('portfolio', 500), ('full', 450)) as other(type, days)`;
    });
    // An account of which every run fails is thinned out too: the newest good run and the newest that stored stay.
    await failed(database());
    expect(await ages(database())).toEqual({ own: [300, 200, 89, 0], shared: [500, 450, 300, 200, 89, 0] });
    // The next commit of the same day deletes nothing, that of another day does.
    await database().run((sql) => ran(sql, 120, false, null));
    await synced(database(), ACCOUNT, Date.now(), {});
    expect(await ages(database())).toMatchObject({ own: [300, 200, 120, 89, 0, 0] });
    await database().run(
      (sql) => sql`
        update exchange_sync.runs set ended_at = ended_at - interval '1 day'
         where account = ${ACCOUNT} and ended_at > now() - interval '1 day'`,
    );
    await synced(database(), ACCOUNT, Date.now(), {});
    expect(await ages(database())).toEqual({ own: [89, 1, 1, 0], shared: [500, 450, 89, 0, 0, 0] });
  });

  test('are deleted a part at a time', async () => {
    await database().run(
      (sql) => sql`
        insert into exchange_sync.runs (account, run_id, ended_at, success)
        select ${ACCOUNT} || '2', gen_random_uuid(), now() - interval '100 days' - n * interval '1 minute', true
          from generate_series(1, 2100) n`,
    );
    await synced(database(), `${ACCOUNT}2`, Date.now(), {});
    const [row] = await database().run(
      (sql) => sql`select count(*)::int as runs from exchange_sync.runs where account = ${`${ACCOUNT}2`}`,
    );
    expect(row).toEqual({ runs: 101 });
  });
});
