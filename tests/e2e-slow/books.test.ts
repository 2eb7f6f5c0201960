import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { SimulatedAccount } from '../simulator/account.js';
import { connect, onServer } from '../support/on-server.js';
import type { TestServer } from '../support/postgres.js';
import { type Stage, yesterday } from '../support/stage.js';
import { urlOf } from '../support/urls.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SINCE = ['--since', yesterday()];

let stage: Stage;
let sql: postgres.Sql;
let server: TestServer;

onServer('each', (opened) => {
  ({ stage, sql, server } = opened);
});

/** What the books hold, without what tells of the runs. */
async function booksIn(db: postgres.Sql): Promise<unknown[]> {
  return [
    await db`select * from exchange_sync.pools order by asset`,
    await db`select * from exchange_sync.daily_results order by day, asset`,
    await db`select asset, known_quantity, cost, average_entry from exchange_sync.holdings order by asset`,
    await db`select event, asset, found, missing from exchange_sync.missing_acquisitions order by 1, 2`,
    await db`select time, state from exchange_sync.checkpoints order by time desc limit 1`,
  ].map((rows) => [...rows]);
}

const books = async (): Promise<string> => {
  const { stdout } = await stage.run(['check', '--offline', '--format', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; message: string }[] };
  return checks.find(({ name }) => name === 'books:bybit')?.message ?? 'not looked at';
};

/** Trades with fees of every kind, over some hours; `late` is known to the exchange only later. */
function trade(
  account: SimulatedAccount,
  ago: number,
  side: 'Buy' | 'Sell',
  amount: string,
  feeAsset?: string,
) {
  const time = stage.simulator.world.now() - ago;
  account.trade({ symbol: 'ETHUSDT', side, amount, time, ...(feeAsset ? { feeAsset } : {}) });
}

describe('the books', () => {
  test('come out the same from syncs cut anywhere, with late trades, as from one sync of it all', async () => {
    const { account } = stage;
    const world = stage.simulator.world;
    account.deposit('USDT', '90000', { time: world.now() - 9 * HOUR_MS });
    account.deposit('ETH', '1.5', { time: world.now() - 8 * HOUR_MS });
    account.trade({ symbol: 'MNTUSDT', side: 'Buy', amount: '900', time: world.now() - 7 * HOUR_MS });
    trade(account, 6 * HOUR_MS, 'Buy', '2');
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    trade(account, 90 * MINUTE_MS, 'Sell', '0.7', 'MNT');
    trade(account, 10 * MINUTE_MS, 'Buy', '1.1', 'USDT');
    expect((await stage.run(['sync'])).code).toBe(0);
    // Late: it happened before what the last sync reckoned in.
    trade(account, 80 * MINUTE_MS, 'Buy', '0.3', 'ETH');
    account.withdraw('ETH', '0.4', { time: world.now() - 70 * MINUTE_MS, fee: '0.01' });
    account.trade({ symbol: 'ETHBTC', side: 'Sell', amount: '0.2', time: world.now() - 60 * MINUTE_MS });
    expect((await stage.run(['sync'])).code).toBe(0);
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(await books()).toBe('replaying all 9 records reproduces the stored positions');

    const database = await server.createDatabase();
    const other = connect(database);
    const env = { ...stage.env, DATABASE_URL: urlOf(database) };
    expect((await stage.run(['sync', ...SINCE], { env })).code).toBe(0);
    const [once, cut] = [await booksIn(other), await booksIn(sql)];
    await other.end();
    expect(cut).toEqual(once);
  });

  test('a state that is not what the events give is found by check', async () => {
    stage.account.deposit('USDT', '900', { time: stage.simulator.world.now() - HOUR_MS });
    trade(stage.account, 30 * MINUTE_MS, 'Buy', '0.1');
    await stage.run(['sync', ...SINCE]);
    await sql`update exchange_sync.events set amounts[2] = amounts[2] + 1 where type = 'trade'`;
    const result = await stage.run(['check', '--offline']);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain('does not reproduce the stored positions');
  });

  test('a run in which nothing happened reads the same few rows after any history', async () => {
    stage.account.deposit('USDT', '900', { time: stage.simulator.world.now() - 3 * HOUR_MS });
    await stage.run(['sync', ...SINCE]);
    await sql`insert into exchange_sync.events (account, source, event_id, time, type, status, market, price, assets, amounts, roles, wallets, raw, affects_from)
      select 'bybit', 'trades', serial, time, 'trade', 'done', 'ETH/USDT', 2, '{ETH,USDT}',
             case when serial % 2 = 0 then '{1,-2}'::numeric[] else '{-1,2}' end, '{base,quote}', '{null,null}', '{}', time
        from generate_series(1, 5000) as serial, lateral (select now() - serial * interval '1 hour' as time) as times`;
    expect((await stage.run(['sync'])).code).toBe(0);
    await sql`analyze`;
    const read = async () => {
      const [row] =
        await sql`select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_user_tables where relname = 'events'`;
      return row?.['rows'] as number;
    };
    const before = await read();
    expect((await stage.run(['sync'])).code).toBe(0);
    expect((await read()) - before).toBeLessThan(50);
    expect(await books()).toBe('replaying all 5001 records reproduces the stored positions');
  });

  test('other settings replay everything, and the choice is not lost on the next run', async () => {
    const { account } = stage;
    account.deposit('USDT', '90000', { time: stage.simulator.world.now() - 9 * HOUR_MS });
    for (const [ago, price] of [
      [8, '1000'],
      [7, '2000'],
    ] as const) {
      const time = stage.simulator.world.now() - ago * HOUR_MS;
      account.trade({ symbol: 'ETHUSDT', side: 'Buy', amount: '1', price, time, feeRate: '0' });
    }
    const time = stage.simulator.world.now() - HOUR_MS;
    account.trade({ symbol: 'ETHUSDT', side: 'Sell', amount: '1', price: '3000', time, feeRate: '0' });
    const realized = async () =>
      (await sql`select realized_trade as sum from exchange_sync.pools where asset = 'ETH'`)[0]?.[
        'sum'
      ] as string;
    await stage.run(['sync', ...SINCE]);
    expect(await realized()).toBe('1500');
    for (const [method, gain] of [
      ['fifo', '2000'],
      ['lifo', '1000'],
      ['hifo', '1000'],
      ['average', '1500'],
    ] as const) {
      await stage.run(['sync'], { env: { ...stage.env, COST_METHOD: method } });
      expect(await realized()).toBe(gain);
    }
  });

  test('cost travels with coins that are sent from one account to another', async () => {
    const { account } = stage;
    const world = stage.simulator.world;
    const sub = world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghijklmn');
    const env = {
      ...stage.env,
      BYBIT_SUB1_API_KEY: sub.apiKey,
      BYBIT_SUB1_API_SECRET: sub.secret,
      BYBIT_SUB1_BASE_URL: stage.simulator.url,
    };
    account.deposit('USDT', '9000', { time: world.now() - 9 * HOUR_MS });
    account.trade({
      symbol: 'ETHUSDT',
      side: 'Buy',
      amount: '2',
      price: '1000',
      time: world.now() - 8 * HOUR_MS,
      feeRate: '0',
    });
    const sent = account.withdraw('ETH', '1.5', { time: world.now() - 7 * HOUR_MS, fee: '0.1' });
    const arrived = sub.deposit('ETH', '1.5', { time: world.now() - 6 * HOUR_MS });
    arrived['txID'] = sent['txID'];
    expect((await stage.run(['sync', ...SINCE], { env })).code).toBe(0);
    const pools =
      await sql`select account, quantity, cost, realized_transfer_fee as fee, estimated_quantity as estimated
      from exchange_sync.pools where asset = 'ETH' order by account`;
    expect([...pools]).toEqual([
      { account: 'bybit', quantity: '0.4', cost: '400', fee: '-100', estimated: '0' },
      { account: 'bybit/sub1', quantity: '1.5', cost: '1500', fee: '0', estimated: '0' },
    ]);
  });
});
