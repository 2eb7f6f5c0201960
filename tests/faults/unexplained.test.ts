import { expect, test } from '@jest/globals';
import type { Sql } from 'postgres';
import { CRON_JOBS, install, runAsCron } from '../support/crontab.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let stage: Stage;
let sql: Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
});

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly message: string;
}

const drift = async (): Promise<Finding | undefined> => {
  const { stdout } = await stage.run(['check', '--offline', '--format', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: Finding[] };
  return checks.find(({ name }) => name === 'drift:bybit');
};

const [syncLine = '', checkLine = ''] = CRON_JOBS.map(({ command }) => command);

const entries = async () =>
  await sql<{ kind: string; asset: string; amount: string; time: Date }[]>`
    select kind, asset, amount::text, time from exchange_sync.entries order by kind, asset`;

/** Twenty minutes of a history that the exchange tells only in part: the first purchase is too old. */
function fillOlderThanSince(): number {
  const { account, simulator } = stage;
  const now = simulator.world.now();
  account.deposit('USDT', '100000', { time: now - 40 * DAY_MS });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '1', price: '60000', time: now - 39 * DAY_MS });
  const first = now - 2 * HOUR_MS;
  account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.4', price: '65000', time: first });
  return first;
}

fault('E3', async () => {
  const first = fillOlderThanSince();
  install(stage);
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  const opened = await entries();
  expect(opened.map(({ kind, asset, amount }) => [kind, asset, amount])).toEqual([
    ['opening', 'BTC', '0.999'],
    ['opening', 'USDT', '40000'],
  ]);
  for (const { time } of opened) expect(time.getTime()).toBe(first - 1);
  expect(await drift()).toMatchObject({ state: 'ok', message: 'all balances match the recorded history' });
  const [held] = (await stage.show()).holdings.filter(({ asset }) => asset === 'BTC');
  expect(held).toMatchObject({ quantity: '0.599', costKnownQuantity: '0', averageEntry: null });
  const trades = (await stage.run(['show', '--trades', 'BTC'])).stdout;
  expect(trades).toMatch(/opening .*\+0\.999/);
  expect(trades).toContain('opening: held before the readable history begins');

  // Coins leave without a record: a warning for a day, then information, and no mail from cron.
  stage.account.withdraw('BTC', '0.1');
  stage.account.withdrawals.pop();
  expect(await runAsCron(stage, syncLine)).toEqual({ code: 0, mail: '' });
  expect(await drift()).toMatchObject({
    state: 'warning',
    message: expect.stringContaining('BTC -0.1') as unknown,
  });
  expect(await runAsCron(stage, checkLine)).toMatchObject({
    code: 1,
    mail: expect.stringContaining('--accept-unexplained BTC') as unknown,
  });
  await sql`update exchange_sync.differences set since = since - interval '25 hours'`;
  expect(await runAsCron(stage, syncLine)).toEqual({ code: 0, mail: '' });
  expect(await runAsCron(stage, checkLine)).toEqual({ code: 0, mail: '' });
  expect(await drift()).toMatchObject({
    state: 'ok',
    message: expect.stringContaining('known for more than a day: BTC -0.1') as unknown,
  });

  expect(await stage.run(['sync', '--accept-unexplained', 'btc'])).toMatchObject({ code: 0 });
  expect((await entries()).map(({ kind, asset, amount }) => [kind, asset, amount])).toContainEqual([
    'adjustment',
    'BTC',
    '-0.1',
  ]);
  expect(await drift()).toMatchObject({ state: 'ok', message: 'all balances match the recorded history' });
  expect((await stage.run(['show', '--trades', 'BTC'])).stdout).toMatch(/adjustment .*-0\.1/);
  expect(await stage.run(['check', '--offline', '--only', 'books'])).toMatchObject({ code: 0 });
  expect(await stage.run(['sync', '--accept-unexplained', 'XYZ'])).toMatchObject({
    code: 0,
    stderr: 'Warning: no balance difference to accept: XYZ\n',
  });
});

fault('E4', async () => {
  const { account, simulator } = stage;
  account.deposit('USDT', '100', { time: simulator.world.now() - HOUR_MS });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  expect((await stage.run(['show'])).stdout).not.toContain('not explained');
  account.deposit('ETH', '2');
  account.deposits.pop();
  const synced = await stage.run(['sync', '-v']);
  expect(synced).toMatchObject({ code: 0, stderr: '' });
  expect(synced.stdout).toContain('Unexplained balance differences: ETH +2.');
  const shown = (await stage.run(['show'])).stdout;
  expect(shown).toContain('Balance differences not explained by recorded history: ETH +2.');
  const hidden = (await stage.run(['show', '--privacy'])).stdout;
  expect(hidden).toContain('not explained by recorded history: ETH. Run');
  expect(await stage.show()).toMatchObject({ differences: [{ asset: 'ETH', amount: '2' }] });
});

test('records that arrive later replace the part of an opening that they explain', async () => {
  const { account, simulator } = stage;
  const now = simulator.world.now();
  account.deposit('USDT', '100000', { time: now - 40 * DAY_MS });
  const bought = now - 3 * HOUR_MS;
  account.trade({
    symbol: 'BTCUSDT',
    side: 'Buy',
    amount: '1',
    price: '60000',
    time: bought,
    feeAsset: 'USDT',
  });
  const [late] = account.executions.splice(0);
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  expect((await entries()).map(({ asset, amount }) => [asset, amount])).toEqual([
    ['BTC', '1'],
    ['USDT', '39940'],
  ]);
  if (late) account.executions.push(late);
  await sql`update exchange_sync.cursors set complete_until = complete_until - interval '6 hours' where stream = 'trades'`;
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(await entries()).toMatchObject([{ asset: 'USDT', amount: '100000', time: new Date(bought - 1) }]);
  expect(await drift()).toMatchObject({ state: 'ok', message: 'all balances match the recorded history' });
  const [held] = (await stage.show()).holdings.filter(({ asset }) => asset === 'BTC');
  expect(held).toMatchObject({ quantity: '1', costKnownQuantity: '1' });
});

test('a difference of an account that was synced before this version is known and not converted', async () => {
  const { account, simulator } = stage;
  account.deposit('USDT', '100', { time: simulator.world.now() - HOUR_MS });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  account.deposit('ETH', '2');
  account.deposits.pop();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(await entries()).toEqual([]);
  await sql`update exchange_sync.differences set since = null`;
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(await sql`select asset, amount::text, since from exchange_sync.differences`).toEqual([
    { asset: 'ETH', amount: '2', since: null },
  ]);
  expect(await drift()).toMatchObject({ state: 'ok' });
});

test('a run that accepts a difference also keeps the costs that it has just found prices for', async () => {
  const { account, simulator } = stage;
  account.deposit('USDT', '100', { time: simulator.world.now() - 4 * HOUR_MS });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  account.deposit('ETH', '2', { time: simulator.world.now() - 3 * HOUR_MS });
  account.deposit('NOMARKET', '1', { time: simulator.world.now() - HOUR_MS });
  simulator.faults.add({ kind: 'status', status: 451, path: '/v5/market/kline', times: 999 });
  expect((await stage.run(['sync'])).code).toBe(3);
  const unvalued = async () =>
    (await sql<{ asset: string }[]>`select asset from exchange_sync.unvalued_events order by 1`).map(
      ({ asset }) => asset,
    );
  expect(await unvalued()).toEqual(['ETH', 'NOMARKET']);

  simulator.faults.clear();
  await sql`delete from exchange_sync.exchange_cache where kind = 'unpriceable-events'`;
  account.deposit('BTC', '1');
  account.deposits.pop();
  expect(await stage.run(['sync', '--accept-unexplained'])).toMatchObject({ code: 0 });
  expect((await entries()).map(({ kind, asset }) => [kind, asset])).toEqual([['adjustment', 'BTC']]);
  expect(await unvalued()).toEqual(['NOMARKET']);
  const [held] = (await stage.show()).holdings.filter(({ asset }) => asset === 'ETH');
  expect(held).toMatchObject({ quantity: '2', costKnownQuantity: '2' });
  expect(await stage.run(['check', '--offline', '--only', 'books'])).toMatchObject({ code: 0 });
});
