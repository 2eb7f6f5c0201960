import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

const COINS = 20_000;
const MAX_MS = 45_000;

let stage: Stage;
let sql: postgres.Sql;

onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
});

fault(
  'D9',
  async () => {
    await sql`update exchange_sync.wallets set read_at = now() - interval '3 days', failure = repeat('why ', 750000)`;
    await sql`update exchange_sync.runs set success = false, error = repeat('why ', 750000)`;
    const shown = await stage.run(['show', '--format', 'json']);
    expect(shown.code).toBe(0);
    expect(shown.stdout.length).toBeLessThan(20_000);
    const checked = await stage.run(['check', '--offline']);
    expect(checked.code).toBe(2);
    expect(checked.stdout.length).toBeLessThan(30_000);
    await sql`update exchange_sync.wallets set failure = null`;
    await sql`
      insert into exchange_sync.holdings (account, asset, quantity, known_quantity, cost, updated_at)
      select 'bybit', 'COIN' || n, 1, 0, 0, now() from generate_series(1, ${COINS}::integer) n`;
    for (const command of [
      ['check', '--offline'],
      ['show', '--format', 'csv'],
    ]) {
      const startedAt = Date.now();
      expect((await stage.run([...command, '--timeout', '40s'])).code).not.toBe(124);
      expect({ command, inTime: Date.now() - startedAt < MAX_MS }).toEqual({ command, inTime: true });
    }
    const locker = await sql.reserve();
    await locker`begin`;
    await locker`lock table exchange_sync.holdings`;
    for (const command of [['show'], ['check', '--offline']]) {
      expect(await stage.run([...command, '--timeout', '2s'])).toMatchObject({
        code: 124,
        stderr: expect.stringMatching(/did not finish within its deadline of 2 s.*Fix: /s) as unknown,
      });
    }
    await locker`rollback`;
    locker.release();
  },
  240_000,
);
