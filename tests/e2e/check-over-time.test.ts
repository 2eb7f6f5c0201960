import { expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { CheckResult } from '../../src/models/check.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});

async function finding(subject: string): Promise<CheckResult | undefined> {
  const { stdout } = await stage.run(['check', '--format', 'json', '--only', subject]);
  const { checks } = JSON.parse(stdout) as { checks: CheckResult[] };
  return checks.find(({ name }) => name === `${subject}:bybit`);
}

test('a known share of cost is information, and a WARNING while it fell within a day', async () => {
  const cost = async () => await finding('cost');
  expect(await cost()).toMatchObject({ state: 'ok', information: false });
  await sql`update exchange_sync.holdings set known_quantity = 0, cost = 0 where asset = 'BTC'`;
  expect(await cost()).toMatchObject({
    state: 'ok',
    information: true,
    message: expect.stringMatching(
      /^cost basis is known for [\d.]+ % of the portfolio value \(not known for all of BTC\)$/,
    ) as unknown,
  });
  await sql`update exchange_sync.snapshots set taken_at = now() - interval '25 hours'`;
  expect(await cost()).toMatchObject({
    state: 'warning',
    message: expect.stringMatching(/; a day ago it was 100\.00 %$/) as unknown,
  });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  await sql`delete from exchange_sync.snapshots where taken_at < now() - interval '1 day'`;
});

test('a gap between runs is information, more than one within a day or a day without a run a WARNING', async () => {
  const at = async (hours: number) => {
    await sql`insert into exchange_sync.snapshots (account, run_id, taken_at, complete, unpriced_assets)
      values ('bybit', gen_random_uuid(), now() - ${hours} * interval '1 hour', true, '{}')`;
    return await finding('snapshots');
  };
  expect(await at(5)).toMatchObject({
    state: 'ok',
    message: '1 gap in the last 7 days, lasting 5 h',
  });
  expect(await at(100)).toMatchObject({
    state: 'warning',
    message: '2 gaps in the last 7 days, the longest of 4 days',
  });
  for (const hours of [1, 2, 3]) await at(hours);
  expect(await at(4)).toMatchObject({
    state: 'warning',
    message: '1 gap in the last 7 days, lasting 4 days',
  });
  await sql`insert into exchange_sync.snapshots (account, run_id, taken_at, complete, unpriced_assets)
    select 'bybit', gen_random_uuid(), now() - hours * interval '1 hour', true, '{}' from generate_series(6, 30) as hours`;
  expect(await at(0)).toMatchObject({
    state: 'ok',
    information: true,
    message: '1 gap in the last 7 days, lasting 3 days',
  });
});
