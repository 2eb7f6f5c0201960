import { expect } from '@jest/globals';
import { parseDecimal } from '../simulator/decimal.js';
import { atBinance } from '../support/at-binance.js';
import { onServer, type ServerStage } from '../support/on-server.js';
import { SINCE } from '../support/stage.js';
import { fault } from './fault.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

let opened: ServerStage;

onServer('each', (stage) => {
  opened = stage;
});

const since = (days: number): readonly string[] => [
  '--since',
  new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10),
];

fault(
  'C7',
  async () => {
    const { stage, sql } = opened;
    const { account, simulator } = stage;
    const now = simulator.world.now();
    simulator.world.addMarket('BTC', 'AED', '250000');
    account.deposit('AED', '50000', { time: now - 5 * HOUR_MS });
    account.trade({ symbol: 'BTCAED', side: 'Buy', amount: '0.1', price: '250000', time: now - 4 * HOUR_MS });
    simulator.world.delist('BTCAED');
    const first = await stage.run(['sync', ...SINCE]);
    expect(first).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(
        '1 new record cannot be interpreted (the traded pair "BTCAED" is not known)',
      ) as unknown,
    });
    const stored = () =>
      sql`select stream, reason, raw ->> 'symbol' as symbol from exchange_sync.unread_records`;
    expect(await stored()).toEqual([
      { stream: 'trades', reason: 'the traded pair "BTCAED" is not known', symbol: 'BTCAED' },
    ]);
    expect(await sql`select quantity::text from portfolio_items where asset = 'BTC'`).toEqual([
      { quantity: '0.0999' },
    ]);
    // It is reported once; from then on `check` lists it.
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
    const check = await stage.run(['check', '--only', 'records']);
    expect(check).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('"BTCAED" is not known') as unknown,
    });
    const json = JSON.parse((await stage.run(['sync', '--json'])).stdout) as { accounts: object[] };
    expect(json.accounts[0]).toMatchObject({ outcome: 'synced', unread: { found: 0, example: null } });
    // Once the market is known it is an event, without another request for it.
    simulator.world.addMarket('BTC', 'AED', '250000');
    await sql`delete from exchange_sync.exchange_cache where kind in ('markets', 'absent-names')`;
    account.executions.length = 0;
    expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
    expect(await stored()).toEqual([]);
    expect(await sql`select symbol, value::text from exchange_sync.trades`).toEqual([
      { symbol: 'BTC/AED', value: '25000' },
    ]);
    expect((await stage.run(['check', '--only', 'records'])).code).toBe(0);
  },
  120_000,
);

fault(
  'C6',
  async () => {
    const { stage, sql } = opened;
    const { account, simulator } = stage;
    const now = simulator.world.now();
    const binance = atBinance(stage);
    account.deposit('USDT', '1000', { time: now - 11 * DAY_MS });
    const order = { from: 'USDT', amount: '100', to: 'BNB', toAmount: '0.2', time: now - 10 * DAY_MS };
    const pending = account.convert({ ...order, status: 'PROCESS' });
    expect(await stage.run(['sync', ...since(15)], binance)).toMatchObject({ code: 0 });
    expect(await stage.run(['sync'], binance)).toMatchObject({ code: 0 });
    account.conversions[account.conversions.indexOf(pending)] = { ...pending, status: 'SUCCESS' };
    account.wallets.UNIFIED.set('USDT', parseDecimal('900'));
    account.wallets.UNIFIED.set('BNB', parseDecimal('0.2'));
    expect(await stage.run(['sync'], binance)).toMatchObject({ code: 0, stderr: '' });
    expect(await sql`select kind, symbol, time from exchange_sync.trades`).toEqual([
      { kind: 'convert', symbol: 'USDT/BNB', time: new Date(now - 10 * DAY_MS) },
    ]);
    // Final, and its cursor is no longer held back.
    expect(await stage.run(['sync'], binance)).toMatchObject({ code: 0, stderr: '' });
    const [cursor] = await sql`select complete_until from exchange_sync.cursors where stream = 'converts'`;
    expect((cursor?.['complete_until'] as Date).getTime()).toBeGreaterThan(now - HOUR_MS);

    // A deposit that was credited, and rolled back days later.
    const deposit = account.deposit('XRP', '50', { time: now - 8 * DAY_MS });
    expect(await stage.run(['sync', ...since(15)])).toMatchObject({ code: 0 });
    account.settle(deposit, 'failed');
    await sql`update exchange_sync.exchange_cache set expires_at = now() where kind = 'looked-back'`;
    const { code } = await stage.run(['sync', '--accept-empty']);
    expect(code).toBe(0);
    expect(
      await sql`select status from exchange_sync.transfers where account = 'bybit' and asset = 'XRP'`,
    ).toEqual([{ status: 'failed' }]);
  },
  120_000,
);

fault(
  'C12',
  async () => {
    const { stage, sql } = opened;
    const { account, simulator } = stage;
    const now = simulator.world.now();
    const binance = atBinance(stage);
    account.deposit('BTC', '1', { time: now - 80 * DAY_MS });
    account.subscribe('BTC', '1');
    account.accrue('BTC', '0.001', { time: now - 70 * DAY_MS });
    // A window wider than 30 days is refused by the simulated exchange, as the documentation says.
    expect(await stage.run(['sync', ...since(85)], binance)).toMatchObject({ code: 0 });
    account.accrue('BTC', '0.002', { time: now - HOUR_MS });
    expect(await stage.run(['sync', ...since(85)], binance)).toMatchObject({ code: 0 });
    const asked = simulator.requests.filter(({ path }) => path.endsWith('/rewardsRecord'));
    expect(asked.length).toBeGreaterThanOrEqual(3);
    const incomes = await sql`select amount::text from exchange_sync.incomes order by time`;
    expect(incomes).toEqual([{ amount: '0.001' }, { amount: '0.002' }]);
  },
  120_000,
);

fault(
  'F7',
  async () => {
    const { stage, sql } = opened;
    const { account, simulator } = stage;
    const now = simulator.world.now();
    const { without = [], env = {} } = atBinance(stage);
    const testnet = { without, env: { ...env, BINANCE_TESTNET: 'true' } };
    account.deposit('USDT', '10000', { time: now - 30 * HOUR_MS });
    const buy = (amount: string, time: number) =>
      account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount, price: '60000', time });
    buy('0.01', now - 10 * HOUR_MS);
    // The account may withdraw, which is not what the key may do.
    expect(await stage.run(['sync', ...SINCE], testnet)).toMatchObject({ code: 0 });
    // The last id before the reset was higher than any after it.
    await sql`update exchange_sync.cursors set page = '999999999999999' where stream = 'trades:BTCUSDT'`;
    account.executions.length = 0;
    buy('0.02', simulator.world.now());
    expect(await stage.run(['sync'], testnet)).toMatchObject({ code: 0 });
    const trades = await sql`select amount::text from exchange_sync.trades order by time`;
    expect(trades).toEqual([{ amount: '0.01' }, { amount: '0.02' }]);
  },
  120_000,
);
