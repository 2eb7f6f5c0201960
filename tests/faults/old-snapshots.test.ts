import { expect } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { REPORT_PEAK_MEMORY } from '../support/peak-memory.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

const ACCOUNTS = 20;
/** At most: every 30 minutes for 14 days, one an hour up to 90 days, one a day up to a year; an hour and a day more. */
const MOST = (14 * 24 + 1) * 2 + 76 * 24 + 24 + 276;
/** Characters of JSON for a year of all accounts, and MiB of memory to write it. */
const MAX_JSON = 2_000_000;
const MAX_MEMORY = 110;

interface Shown {
  readonly points: readonly { readonly time: string; readonly complete: boolean }[];
  readonly gaps: readonly unknown[];
}

let stage: Stage;
let sql: postgres.Sql;

onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
});

/** Snapshots of a year, of which the last run did not thin out those of 14 to 24 days and of 90 to 95. */
const fillYear = async () => {
  await sql`update exchange_sync.snapshots set taken_at = taken_at - interval '1 hour'`;
  await sql`
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, value, unpriced_assets)
    select 'bybit', gen_random_uuid(), at, true, 1000, '{}' from (
      select now() - interval '1 hour' - n * interval '30 minutes' as at from generate_series(1, 24 * 48) n
      union all
      select now() - n * interval '1 hour' from generate_series(24 * 24 + 2, 95 * 24) n
      union all
      select now() - n * interval '1 day' from generate_series(96, 364) n) as taken`;
  await sql`
    insert into exchange_sync.snapshot_items (account, run_id, asset, quantity, known_quantity, cost)
    select account, run_id, 'COIN' || n, 1, 0, 0 from exchange_sync.snapshots, generate_series(1, 5) n`;
};

const counted = async () => {
  const [row] = await sql<{ snapshots: number; items: number }[]>`
    select (select count(*)::int from exchange_sync.snapshots where account = 'bybit') as snapshots,
           (select count(*)::int from exchange_sync.snapshot_items where asset like 'COIN%') as items`;
  if (!row) throw new Error('nothing is counted');
  return row;
};

fault('D8', async () => {
  await fillYear();
  const before = await counted();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  const after = await counted();
  expect(before.snapshots).toBeGreaterThan(MOST);
  expect(after.snapshots).toBeLessThanOrEqual(MOST);
  expect(after.items).toBe((after.snapshots - 1) * 5);

  // The other accounts have runs of their own, as with a cron line each.
  await sql`
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, value, unpriced_assets)
    select 'bybit/s' || n, gen_random_uuid(), taken_at + n * interval '1 second', true, value, '{}'
      from exchange_sync.snapshots, generate_series(2, ${ACCOUNTS}::integer) n where account = 'bybit'`;
  const [preload, memory] = [join(stage.folder, 'report-memory.cjs'), join(stage.folder, 'memory')];
  writeFileSync(preload, REPORT_PEAK_MEMORY);
  const { code, stdout } = await stage.run(['show', '--history', '365d', '--format', 'json'], {
    env: { NODE_OPTIONS: `--require ${preload}`, PEAK_MEMORY_FILE: memory },
  });
  expect(code).toBe(0);
  expect(stdout.length).toBeLessThan(MAX_JSON);
  expect(Number(readFileSync(memory, 'utf8')) / 1024).toBeLessThan(MAX_MEMORY);
  const { accounts, total } = JSON.parse(stdout) as Record<'accounts', readonly Shown[]> & { total: Shown };
  const series = [...accounts, total];
  expect(series.map(({ points, gaps }) => [points.length > 300, points.length < 400, gaps])).toEqual(
    Array.from({ length: ACCOUNTS + 1 }, () => [true, true, []]),
  );
  expect(series.flatMap(({ points }) => points.filter(({ complete }) => !complete))).toEqual([]);
  // The newest snapshots are among the points, and an account alone has all of its own.
  const [newest] = await sql<{ at: Date }[]>`select max(taken_at) as at from exchange_sync.snapshots`;
  expect(total.points.at(-1)?.time).toBe(newest?.at.toISOString());
  const alone = await stage.run(['show', '--history', '365d', '-e', 'bybit', '--format', 'json']);
  const [bybit] = (JSON.parse(alone.stdout) as Record<'accounts', readonly Shown[]>).accounts;
  expect(bybit?.points.length).toBe(after.snapshots);
});
