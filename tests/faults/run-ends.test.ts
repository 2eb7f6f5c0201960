import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
});

const WALLET = '/v5/account/wallet-balance';

describe('the run ends', () => {
  test('at its deadline with 124, nothing written and the lease free', async () => {
    stage.simulator.faults.add({ kind: 'stall', path: WALLET, times: 99 });
    const result = await stage.run(['sync', ...SINCE, '--timeout', '3s']);
    expect(result.code).toBe(124);
    expect(result.stderr).toContain('--timeout');
    expect(await sql`select from portfolio_items`).toHaveLength(0);
    expect(await sql`select from exchange_sync.leases`).toHaveLength(0);
  });

  test('by SIGINT with 130 while fetching', async () => {
    stage.simulator.faults.add({ kind: 'stall', path: WALLET, times: 99 });
    const running = stage.start(['sync', ...SINCE]);
    await until(() => Promise.resolve(stage.simulator.requests.find(({ path }) => path === WALLET)));
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(await sql`select from portfolio_items`).toHaveLength(0);
    expect(await sql`select from exchange_sync.leases`).toHaveLength(0);
  });

  test('killed in a backfill, the next run goes on from the pages that were stored', async () => {
    const now = stage.simulator.world.now();
    for (let day = 28; day > 0; day -= 1) {
      stage.account.trade({
        symbol: 'XRPUSDT',
        side: 'Buy',
        amount: '10',
        price: '0.5',
        time: now - day * 86_400_000,
      });
    }
    const since = ['--since', new Date(now - 30 * 86_400_000).toISOString().slice(0, 10)];
    stage.simulator.faults.add({ kind: 'stall', path: '/v5/execution/list', at: 3, times: 99 });
    const running = stage.start(['sync', ...since]);
    const executions = () => stage.simulator.requests.filter(({ path }) => path === '/v5/execution/list');
    await until(() => Promise.resolve(executions()[2]));
    running.child.kill('SIGKILL');
    await running.ended;
    const [stored] = await sql`select count(*)::int as trades from exchange_sync.trades`;
    expect(stored?.['trades']).toBeGreaterThan(0);
    stage.simulator.faults.clear();
    stage.simulator.requests.length = 0;
    await sql`update exchange_sync.leases set expires_at = now()`;
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(executions().length).toBeLessThan(5);
    const [all] = await sql`select count(*)::int as trades from exchange_sync.trades`;
    expect(all).toEqual({ trades: 31 });
  });
});
