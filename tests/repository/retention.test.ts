import { expect, test } from '@jest/globals';
import type { Database, Sql } from '../../src/database/with-database.js';
import { fetchAssetMoments } from '../../src/repository/pool-history.js';
import { describeOnBoth } from '../support/databases.js';
import { held, pool, synced } from './pools.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A snapshot of one asset at each time; false is a partial one. */
async function fill(
  sql: Sql,
  account: string,
  taken: readonly (readonly [number, boolean])[],
): Promise<void> {
  const rows = JSON.stringify(taken.map(([time, complete]) => ({ at: new Date(time), complete })));
  await sql`
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, unpriced_assets)
    select ${account}, gen_random_uuid(), at, complete, '{}'
      from jsonb_to_recordset(${rows}::text::jsonb) as row(at timestamptz, complete boolean)`;
  await sql`
    insert into exchange_sync.snapshot_items (account, run_id, asset, quantity, known_quantity, cost)
    select account, run_id, 'BTC', 1, 0, 0 from exchange_sync.snapshots where account = ${account}`;
}

/** The times of the old snapshots that are left, oldest first; each has its item, and no other has any. */
async function kept(database: Database, account: string): Promise<number[]> {
  return await database.run(async (sql) => {
    const rows = await sql<{ at: number; items: number }[]>`
      select (extract(epoch from taken_at) * 1000)::float8 as at,
             (select count(*)::int from exchange_sync.snapshot_items where account = ${account}) as items
        from exchange_sync.snapshots join exchange_sync.snapshot_items item using (account, run_id)
       where account = ${account} and taken_at < now() - interval '1 day'
       order by taken_at`;
    expect(rows.map(({ items }) => items)).toEqual(rows.map(() => rows.length));
    return rows.map(({ at }) => at);
  });
}

/** The start of this hour or day, so many of them back. */
const back = (every: number, count: number) => Math.floor(Date.now() / every) * every - count * every;

/** A commit that found nothing, dated so many hours from now. */
const commit = (database: Database, account: string, hours: number) =>
  synced(database, account, Date.now() + hours * HOUR_MS, {});

describeOnBoth('old snapshots', (database) => {
  test('are kept one an hour after 14 days, one a day after 90: the newest complete one, and the first', async () => {
    const account = 'bybit/thinned';
    const [day, hour, young] = [back(DAY_MS, 100), back(HOUR_MS, 30 * 24), back(HOUR_MS, 13 * 24)];
    const minutes = (count: number) => count * 60_000;
    const expected = [
      [back(DAY_MS, 200), false],
      [back(DAY_MS, 200) + 5 * HOUR_MS, true],
      [day + 20 * HOUR_MS, true],
      [day + DAY_MS + HOUR_MS, false],
      [hour + minutes(50), true],
      [hour + minutes(61), true],
      [hour + minutes(130), false],
      [young, true],
      [young + minutes(1), false],
      [young + minutes(2), true],
    ] as const;
    const others = [
      [back(DAY_MS, 200) + HOUR_MS, true],
      [day, true],
      [day + 19 * HOUR_MS, true],
      [day + 21 * HOUR_MS, false],
      [day + DAY_MS, false],
      [hour, true],
      [hour + minutes(49), true],
      [hour + minutes(59), false],
      [hour + minutes(120), false],
    ] as const;
    await database().run((sql) => fill(sql, account, [...others, ...expected]));
    await database().run((sql) => fill(sql, 'bybit/other', others));
    await commit(database(), account, -2);
    const times = expected.map(([time]) => time);
    expect(await kept(database(), account)).toEqual(times);
    await commit(database(), account, -2);
    expect(await kept(database(), account)).toEqual(times);
    const [other] = await database().run(
      (sql) => sql`select count(*)::int as count from exchange_sync.snapshots where account = 'bybit/other'`,
    );
    expect(other).toEqual({ count: others.length });
  });

  test('of an earlier version are thinned out by the first commit of each hour, a part at a time', async () => {
    const account = 'bybit/backlog';
    const from = back(DAY_MS, 30);
    const taken = Array.from({ length: 700 }, (_, at) => [from + at * 15 * 60_000, true] as const);
    await database().run((sql) => fill(sql, account, taken));
    await commit(database(), account, -2);
    expect(await kept(database(), account)).toHaveLength(200);
    const ends = Array.from({ length: 175 }, (_, at) => from + at * HOUR_MS + 45 * 60_000);
    await commit(database(), account, 1);
    expect(await kept(database(), account)).toEqual([from, ...ends]);
    await database().run((sql) => fill(sql, `${account}2`, taken));
    await commit(database(), `${account}2`, 1);
    await commit(database(), `${account}2`, 1);
    expect(await kept(database(), `${account}2`)).toHaveLength(200);
  });

  test('leave what had been counted up to those that are kept', async () => {
    const account = 'bybit/counted';
    const hour = back(HOUR_MS, 30 * 24);
    const counted = (quantity: string) => ({ pools: [pool('BTC', { quantity, deposits: quantity })] });
    const runs: { readonly time: number; readonly runId: string }[] = [];
    for (const at of [0, 1, 2, 3]) {
      const time = hour + at * 20 * 60_000;
      const found = { holdings: [held('BTC', `${at + 1}`, '5')], ledger: counted(`${at + 1}`) };
      runs.push({ time, runId: await synced(database(), account, time, found) });
    }
    const moments = () =>
      database().run((sql) => Promise.all(runs.map((run) => fetchAssetMoments(sql, account, run))));
    const before = await moments();
    await synced(database(), account, Date.now(), { ledger: counted('4') });
    const after = await moments();
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
    expect(after[1]?.get('BTC')?.quantity.isZero()).toBe(true);
  });
});
