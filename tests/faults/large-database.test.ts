import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
});

/** Rows of a table that all sessions have read so far, each by which way. */
async function rowsRead(table: string): Promise<{ readonly scanned: number; readonly looked: number }> {
  await sql`select pg_stat_clear_snapshot()`;
  const [read] = await sql<{ scanned: number; looked: number }[]>`
    select seq_tup_read::float8 as scanned, coalesce(idx_tup_fetch, 0)::float8 as looked
      from pg_stat_user_tables where relid = ${table}::text::regclass`;
  if (!read) throw new Error(`there is no table ${table}`);
  return read;
}

fault('D3', async () => {
  const runs = 40_000;
  await sql`
    insert into public.sync_history (exchange_id, success, end_time)
    select 'bybit/' || n % 1000, true, now() at time zone 'UTC' from generate_series(1, ${runs}::integer) n`;
  await sql`
    insert into exchange_sync.runs (account, run_id, ended_at, success)
    select 'bybit/' || n % 1000, gen_random_uuid(), now() - n * interval '1 minute', n % 5 > 0
      from generate_series(1, ${runs}::integer) n`;
  await sql`
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, unpriced_assets)
    select 'bybit/' || n % 1000, gen_random_uuid(), now() - n * interval '1 minute', true, '{}'
      from generate_series(1, ${runs}::integer) n`;
  await sql`analyze`;
  const tables = ['public.sync_history', 'exchange_sync.runs', 'exchange_sync.snapshots'] as const;
  const before = await Promise.all(tables.map(rowsRead));
  const accounts = 1001;
  expect((await stage.run(['show', '--format', 'json'])).code).toBe(0);
  expect((await stage.run(['check', '--offline', '--only', 'last-sync', '--only', 'snapshots'])).code).toBe(
    0,
  );
  for (const [at, table] of tables.entries()) {
    const now = await rowsRead(table);
    const scanned = now.scanned - (before[at]?.scanned ?? 0);
    const looked = now.looked - (before[at]?.looked ?? 0);
    expect({ table, scanned, few: looked <= 40 * accounts }).toEqual({ table, scanned: 0, few: true });
  }
});

fault('D4', async () => {
  await sql`
    insert into exchange_sync.holdings (account, asset, quantity, known_quantity, cost, updated_at)
    select 'bybit', 'NEVER' || n, 1, 0, 0, now() from generate_series(1, 20) n`;
  await sql`
    with run as (
      insert into exchange_sync.snapshots (account, run_id, taken_at, complete, unpriced_assets)
      select 'bybit', gen_random_uuid(), now() - n * interval '1 hour', true, '{}' from generate_series(1, 40) n
      returning run_id)
    insert into exchange_sync.snapshot_items (account, run_id, asset, quantity, known_quantity, cost)
    select 'bybit', run_id, 'NEVER' || n, 1, 0, 0 from run, generate_series(1, 20) n`;
  const table = 'exchange_sync.snapshot_items';
  const before = await rowsRead(table);
  expect((await stage.run(['show', '-e', 'bybit'])).code).toBe(0);
  expect(await rowsRead(table)).toEqual(before);
});
