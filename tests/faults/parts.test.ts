import { beforeEach, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { SimulatedAccount } from '../simulator/account.js';
import { atBinance } from '../support/at-binance.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { fault } from './fault.js';

const CONVERTS = '/v5/asset/exchange/query-convert-history';
const WITHDRAWALS = '/v5/asset/withdraw/query-record';
const OTHER_KEY = 'canaryOtherKey0123456789';

let stage: Stage;
let sql: postgres.Sql;
let account: SimulatedAccount;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
  account = stage.account;
});
beforeEach(() => {
  fill(account, stage.simulator.world.now());
});

const asked = (path: string) => stage.simulator.requests.filter((request) => request.path === path).length;
const parts = async () =>
  (
    await sql<
      { part: string; status: string }[]
    >`select part, status from exchange_sync.coverage order by part`
  ).map(({ part, status }) => `${part} ${status}`);
const quantityOf = async (asset: string): Promise<unknown> =>
  (await stage.show()).holdings.find((holding) => holding['asset'] === asset)?.['quantity'];

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly message: string;
  readonly remedy: string | null;
}

async function coverage(env: Record<string, string> = {}): Promise<readonly Finding[]> {
  const { stdout } = await stage.run(['check', '--only', 'coverage', '--format', 'json'], { env });
  return (JSON.parse(stdout) as { checks: readonly Finding[] }).checks;
}

fault('C1', async () => {
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  account.permissions = { ...account.permissions, Exchange: [] };
  account.convert({ from: 'USDT', amount: '100', to: 'SOL', toAmount: '0.5' });
  account.deposit('ETH', '1.5');
  for (const run of [1, 2]) {
    const refused = await stage.run(['sync']);
    expect([run, refused.code]).toEqual([run, 3]);
    expect(refused.stderr).toMatch(
      /Not read: conversions, refused .*"Assets > Exchange \(convert history\)"/,
    );
    expect(refused.stderr).toContain('Not read: conversions of small balances, refused');
  }
  expect([await quantityOf('SOL'), await quantityOf('ETH')]).toEqual(['0.5', '1.5']);
  expect(await parts()).toEqual(['stream:converts refused', 'stream:dust refused']);
  expect((await stage.run(['show'])).stdout).toMatch(/Not read: conversions \(refused\)/);
  expect(await coverage()).toMatchObject([
    {
      name: 'coverage:bybit',
      state: 'warning',
      remedy: expect.stringContaining('"Assets > Exchange (convert history)"') as unknown,
    },
  ]);
  account.permissions = { ...account.permissions, Exchange: ['ExchangeHistory'] };
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(asked(CONVERTS)).toBe(3);
  expect(await parts()).toEqual([]);
  expect(await coverage()).toMatchObject([{ state: 'ok' }]);
});

fault('C2', async () => {
  const message = 'Demo trading are not supported.';
  for (const path of ['/v5/user/query-api', '/v5/asset/transfer/query-account-coins-balance']) {
    stage.simulator.faults.add({ kind: 'retCode', code: 10032, message, path, times: 99 });
  }
  const demo = { BYBIT_DEMO: 'true' };
  expect(await stage.run(['sync', ...SINCE], { env: demo })).toMatchObject({ code: 0, stderr: QUIET });
  expect(asked('/v5/user/query-api')).toBe(0);
  expect(await quantityOf('BTC')).toBe('0.0599');
  // The same answers on a host that is taken for the live one.
  await stage.run(['account', 'remove', 'bybit', '--yes']);
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  expect(await parts()).toEqual(['wallet:FUND unavailable']);
  expect(await coverage()).toMatchObject([
    { state: 'ok', message: expect.stringContaining('FUND') as unknown },
  ]);
  const before = asked('/v5/asset/transfer/query-account-coins-balance');
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(asked('/v5/asset/transfer/query-account-coins-balance')).toBe(before);
});

fault('C3', async () => {
  account.parent = 1;
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(asked(WITHDRAWALS)).toBe(0);
  expect(await parts()).toEqual(['stream:withdrawals unavailable']);
  expect(await coverage()).toMatchObject([{ state: 'ok' }]);
});

fault('B7', async () => {
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  const before = await fetchStored(sql);
  const other = stage.simulator.world.addAccount(OTHER_KEY, stage.env['BYBIT_API_SECRET'] ?? '');
  other.deposit('BTC', '9');
  const otherKey = await stage.run(['sync'], { env: { BYBIT_API_KEY: OTHER_KEY } });
  expect(otherKey.code).toBe(78);
  expect(otherKey.stderr).toMatch(/another account \(\d+\) than its records \(\d+\).*account remove bybit/s);
  const testnet = await stage.run(['sync'], { env: { BYBIT_TESTNET: 'true' } });
  expect(testnet.code).toBe(78);
  expect(testnet.stderr).toMatch(/is a testnet account now, but its records are of live.*BYBIT_TESTNET/s);
  expect(await fetchStored(sql)).toEqual(before);
  // Another key of the same account is none of these.
  other.userId = account.userId;
  expect(await stage.run(['sync'], { env: { BYBIT_API_KEY: OTHER_KEY } })).toMatchObject({ code: 0 });
});

fault('B8', async () => {
  account.readOnly = 0;
  const first = await stage.run(['sync', ...SINCE]);
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(first.stderr).toContain('The key can trade, which is not needed');
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '', stdout: '' });
  const { code, stdout } = await stage.run(['check', '--only', 'key']);
  expect([code, stdout]).toEqual([1, expect.stringContaining('it is not read-only')]);
});

fault('F4', async () => {
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  const env = {
    BYBIT_MAIN_API_KEY: stage.env['BYBIT_API_KEY'] ?? '',
    BYBIT_MAIN_API_SECRET: stage.env['BYBIT_API_SECRET'] ?? '',
    BYBIT_MAIN_BASE_URL: stage.env['BYBIT_BASE_URL'] ?? '',
  };
  const renamed = { env, without: ['BYBIT_API_KEY', 'BYBIT_API_SECRET'] };
  const refused = await stage.run(['sync', ...SINCE], renamed);
  expect(refused.code).toBe(78);
  expect(refused.stderr).toContain('exchange-sync account rename bybit bybit/main');
  const shown = async () => (await stage.run(['show', '--format', 'json'], renamed)).stdout;
  expect(JSON.parse(await shown())).toMatchObject({ accounts: [{ account: 'bybit', hasKey: false }, {}] });
  expect((await stage.run(['show'], renamed)).stdout).toContain('No API key of bybit is configured');
  expect((await stage.run(['account', 'rename', 'bybit', 'bybit/main'], renamed)).code).toBe(0);
  expect(await stage.run(['sync'], renamed)).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(await shown())).toMatchObject({ accounts: [{ account: 'bybit/main', hasKey: true }] });
  const [items] = await sql`select array_agg(distinct exchange_id) as names from public.portfolio_items`;
  expect(items?.['names']).toEqual(['bybit/main']);
});

test('a stream that fails costs that stream: its cursor stays, and everything else is stored', async () => {
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  const cursors = async () =>
    new Map(
      (
        await sql<{ stream: string; until: Date }[]>`
          select stream, complete_until as until from exchange_sync.cursors`
      ).map(({ stream, until }) => [stream, until.getTime()]),
    );
  const before = await cursors();
  account.trade({ symbol: 'SOLUSDT', side: 'Buy', amount: '1', price: '100' });
  const path = '/v5/asset/deposit/query-record';
  stage.simulator.faults.add({ kind: 'retCode', code: 170_000, message: 'odd', path, times: 99 });
  const { code, stderr } = await stage.run(['sync']);
  expect([code, stderr]).toEqual([3, expect.stringContaining('Not read: deposits, failed')]);
  const after = await cursors();
  expect(after.get('deposits')).toBe(before.get('deposits'));
  expect(after.get('trades')).toBeGreaterThan(before.get('trades') ?? Infinity);
  expect(await quantityOf('SOL')).toBe('0.999');
  expect(await parts()).toEqual(['stream:deposits failed']);
});

test('a regional host of Binance without half of the paths is read as far as it goes', async () => {
  const missing = [
    ...['/sapi/v1/account/apiRestrictions', '/sapi/v1/simple-earn/flexible/position'],
    ...['/sapi/v1/simple-earn/locked/position', '/sapi/v1/convert/tradeFlow', '/api/v3/klines'],
  ];
  for (const path of missing) stage.simulator.faults.add({ kind: 'status', status: 404, path, times: 999 });
  expect(await stage.run(['sync', ...SINCE], atBinance(stage))).toMatchObject({ code: 0, stderr: QUIET });
  expect(await parts()).toEqual([
    ...['stream:converts unavailable', 'wallet:EARN_FLEXIBLE unavailable', 'wallet:EARN_LOCKED unavailable'],
  ]);
});

test('what the account of a Binance testnet may do is not taken for what the key may', async () => {
  const { without = [], env = {} } = atBinance(stage);
  const testnet = { without, env: { ...env, BINANCE_TESTNET: 'true' } };
  expect(await stage.run(['sync', ...SINCE], testnet)).toMatchObject({ code: 0, stderr: QUIET });
  const { stdout } = await stage.run(['check', '--only', 'key'], testnet);
  expect(stdout).toContain('its permissions are not reported here (testnet)');
});
