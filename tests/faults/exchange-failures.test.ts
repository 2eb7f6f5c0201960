import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
});

const WALLET = '/v5/account/wallet-balance';
const FUND = '/v5/asset/transfer/query-account-coins-balance';

describe('the exchange fails', () => {
  test.each([
    ['an unknown key', { BYBIT_API_KEY: 'canaryUnknown000' }, 77, /refused the key \(10003\)/],
    ['a wrong secret', { BYBIT_API_SECRET: 'canaryWrong00000' }, 77, /refused the key \(10004\)/],
  ])('%s ends with 77 and every cause it can have', async (_title, env, code, said) => {
    const result = await stage.run(['sync', ...SINCE], { env });
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(said);
    expect(result.stderr).toContain('Fix:');
    expect(
      stage.simulator.requests.filter(({ path }) => path !== '/v5/market/instruments-info'),
    ).toHaveLength(1);
  });

  test('an expired key, an address that is not listed and a missing permission end with 77', async () => {
    stage.account.expired = true;
    expect((await stage.run(['sync', ...SINCE])).stderr).toContain('expired');
    stage.account.expired = false;
    stage.account.ips = ['203.0.113.7'];
    expect((await stage.run(['sync', ...SINCE])).stderr).toContain('IP address');
    stage.account.ips = ['*'];
    stage.account.permissions = {};
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 77 });
  });

  test('a 403 is not tried again: country, firewall or permission, 77', async () => {
    stage.simulator.faults.add({ kind: 'status', status: 403, times: 99 });
    const result = await stage.run(['sync', ...SINCE]);
    expect(result.code).toBe(77);
    expect(stage.simulator.requests).toHaveLength(1);
  });

  test('a failed run leaves its own row in sync_history', async () => {
    await stage.run(['sync'], { env: { BYBIT_API_KEY: 'canaryUnknown000' } });
    const [run] = await sql`select success, error_message from sync_history`;
    expect(run).toEqual({ success: false, error_message: expect.stringContaining('10003') as unknown });
  });

  test.each([
    ['HTML', '<html>maintenance</html>'],
    ['a cut body', '{"retCode":0,"retMsg":"OK","result":{"list":[{"coin":[{"coin":"BT'],
    ['nothing', ''],
    ['an empty object', '{}'],
    ['a null result', '{"retCode":0,"retMsg":"OK","result":null,"retExtInfo":{},"time":1764000000000}'],
  ])('HTTP 200 with %s never empties the portfolio', async (_title, body) => {
    await stage.run(['sync', ...SINCE]);
    stage.simulator.faults.add({ kind: 'body', body, path: WALLET, times: 99 });
    stage.simulator.faults.add({ kind: 'body', body, path: FUND, times: 99 });
    const result = await stage.run(['sync', '--timeout', '8s']);
    expect(result.code).toBe(69);
    expect(await sql`select from portfolio_items`).toHaveLength(3);
  });

  test('a 500, a broken connection and a rate limit pass by trying again', async () => {
    stage.simulator.faults.add({ kind: 'status', status: 502, path: WALLET });
    stage.simulator.faults.add({ kind: 'reset', path: FUND });
    stage.simulator.faults.add({ kind: 'resetBody', path: '/v5/market/tickers' });
    stage.simulator.faults.add({
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '1' },
      path: '/v5/execution/list',
    });
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: '' });
  });

  test('a clock that is off is mended by asking the exchange once', async () => {
    stage.simulator.world.advance(60_000);
    const result = await stage.run(['sync', ...SINCE]);
    expect(result.code).toBe(0);
    expect(stage.simulator.requests.filter(({ path }) => path === '/v5/market/time')).toHaveLength(1);
  });

  test('holdings that vanish without a reason are kept, 65; --accept-empty believes them', async () => {
    await stage.run(['sync', ...SINCE]);
    stage.account.wallets.UNIFIED.clear();
    const result = await stage.run(['sync']);
    expect(result.code).toBe(65);
    expect(result.stderr).toContain('--accept-empty');
    expect(await sql`select from portfolio_items`).toHaveLength(3);
    expect((await stage.run(['sync', '--accept-empty'])).code).toBe(0);
    expect(await sql`select from portfolio_items`).toHaveLength(0);
  });

  test('holdings that were withdrawn are believed', async () => {
    await stage.run(['sync', ...SINCE]);
    for (const [asset, amount] of stage.account.wallets.UNIFIED)
      stage.account.withdraw(asset, amount.toFixed());
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(await sql`select from portfolio_items`).toHaveLength(0);
  });
});

describe('the run ends', () => {
  test('at its deadline with 124, nothing written and the lease free', async () => {
    stage.simulator.faults.add({ kind: 'stall', path: WALLET, times: 99 });
    const result = await stage.run(['sync', ...SINCE, '--timeout', '3s']);
    expect(result.code).toBe(124);
    expect(result.stderr).toContain('--timeout');
    expect(await sql`select from portfolio_items`).toHaveLength(0);
    expect(await sql`select from exchange_sync.leases`).toHaveLength(0);
  });

  test.each([['SIGTERM', 143] as const, ['SIGINT', 130] as const])(
    'by %s with %i while fetching',
    async (signal, code) => {
      stage.simulator.faults.add({ kind: 'stall', path: WALLET, times: 99 });
      const running = stage.start(['sync', ...SINCE]);
      while (!stage.simulator.requests.some(({ path }) => path === WALLET)) await pause(50);
      running.child.kill(signal);
      expect((await running.ended).code).toBe(code);
      expect(await sql`select from portfolio_items`).toHaveLength(0);
      expect(await sql`select from exchange_sync.leases`).toHaveLength(0);
    },
  );

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
    while (executions().length < 3) await pause(50);
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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
