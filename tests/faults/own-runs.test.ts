import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { parseDecimal } from '../simulator/decimal.js';
import { ageStored } from '../support/aged.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

const HOUR_MS = 3_600_000;
const CRITICAL = 2;

let stage: Stage;
let sql: postgres.Sql;

onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
});

const lastSync = () => stage.run(['check', '--offline', '--only', 'last-sync']);

fault('D6', async () => {
  const metrics = join(stage.folder, 'sync.prom');
  const ahead = { clockShift: 23 * HOUR_MS };
  expect(await stage.run(['sync', '--metrics-file', metrics], ahead)).toMatchObject({ code: 0, stderr: '' });
  const [future] = await sql`
    select (select count(*)::int from exchange_sync.runs where greatest(started_at, ended_at) > now()) as runs,
           (select count(*)::int from exchange_sync.snapshots where taken_at > now()) as snapshots,
           (select count(*)::int from exchange_sync.pool_history where since > now()) as counts,
           (select count(*)::int from exchange_sync.wallets where read_at > now()) as wallets,
           (select count(*)::int from exchange_sync.holdings where greatest(updated_at, priced_at) > now()) as holdings,
           (select count(*)::int from public.sync_history where end_time > now() at time zone 'UTC') as shared`;
  expect(future).toEqual({ runs: 0, snapshots: 0, counts: 0, wallets: 0, holdings: 0, shared: 0 });
  const times = [...readFileSync(metrics, 'utf8').matchAll(/last_\w+_timestamp_seconds\{.*\} (\S+)/g)];
  expect(times).toHaveLength(2);
  for (const [, seconds] of times) expect(Number(seconds) * 1000).toBeLessThanOrEqual(Date.now());
  expect((await lastSync()).code).toBe(0);
  await sql`
    insert into exchange_sync.runs (account, run_id, ended_at, success)
    values ('bybit', gen_random_uuid(), now() + interval '1 day', true)`;
  expect(await lastSync()).toMatchObject({
    code: CRITICAL,
    stdout: expect.stringMatching(/dated in the future.*remove the rows of exchange_sync\.runs/s) as unknown,
  });
  await sql`delete from exchange_sync.runs where ended_at > now()`;
});

fault('D7', async () => {
  await ageStored(sql, 3 * HOUR_MS);
  await sql`
    insert into public.sync_history (exchange_id, sync_type, items_processed, items_synced, success, start_time, end_time)
    values ('bybit', 'full', 3, 3, true, now() at time zone 'UTC', now() at time zone 'UTC' + interval '2 hours'),
           ('bybit', 'full', 0, 0, false, now() at time zone 'UTC', now() at time zone 'UTC')`;
  expect(await lastSync()).toMatchObject({
    code: CRITICAL,
    stdout: expect.stringContaining('last successful sync 3 h ago, more than 65 min') as unknown,
  });
  expect((await stage.show()).lastFailure).toBeNull();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect((await lastSync()).code).toBe(0);
});

fault('E14', async () => {
  const [own, ...others] = await sql`
    select sync_type, items_processed from public.sync_history where items_processed > 0 and sync_type <> 'full'
     group by sync_type, items_processed`;
  expect(others).toEqual([]);
  expect(own).toEqual({ sync_type: 'portfolio', items_processed: 3 });
  stage.account.wallets.UNIFIED.set('SOL', parseDecimal('-2'));
  expect((await stage.run(['sync'])).code).toBe(0);
  const [debt] = await sql`select quantity from public.portfolio_items where asset = 'SOL'`;
  expect(debt).toEqual({ quantity: '-2' });
  const reasons = readFileSync('src/database/README.md', 'utf8');
  for (const told of ['negative for a debt', 'no longer held', '1 for USDT', '`portfolio`'])
    expect(reasons).toContain(told);
});
