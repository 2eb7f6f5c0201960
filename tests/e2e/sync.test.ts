import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
});

describe('sync into PostgreSQL', () => {
  test('a sync stores holdings with their exact average entry and says nothing without a terminal', async () => {
    const result = await stage.run(['sync', ...SINCE]);
    expect(result).toMatchObject({ code: 0, stdout: '', stderr: QUIET });
    const rows = await sql`select asset, quantity, avg_entry_price from portfolio_items order by asset`;
    expect([...rows]).toEqual([
      // 0.1 bought with a fee of 0.0001 in BTC, 0.04 sold: 6000 / 0.0999 each.
      { asset: 'BTC', quantity: '0.0599', avg_entry_price: '60060.06006006006006006006006006006006006' },
      { asset: 'MNT', quantity: '100', avg_entry_price: '0.7007' },
      { asset: 'USDT', quantity: '6527.33', avg_entry_price: '1' },
    ]);
    const [run] = await sql`select exchange_id, success, error_message from sync_history`;
    expect(run).toEqual({ exchange_id: 'bybit', success: true, error_message: null });
  });

  test('a steady-state sync makes at most six requests and changes nothing twice', async () => {
    await stage.run(['sync', ...SINCE]);
    const before = await sql`select * from exchange_sync.pools order by asset`;
    stage.simulator.requests.length = 0;
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(stage.simulator.requests.length).toBeLessThanOrEqual(6);
    expect(stage.simulator.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect([...(await sql`select * from exchange_sync.pools order by asset`)]).toEqual([...before]);
    expect(await sql`select from exchange_sync.trades`).toHaveLength(3);
  });

  test('an asset that was sold out leaves the table, rows of other exchanges stay', async () => {
    await stage.run(['sync', ...SINCE]);
    await sql`insert into portfolio_items (exchange_id, asset, quantity) values ('kraken', 'DOGE', 7)`;
    stage.account.trade({ symbol: 'MNTUSDT', side: 'Sell', amount: '100', price: '0.8' });
    expect((await stage.run(['sync'])).code).toBe(0);
    const rows = await sql`select exchange_id, asset from portfolio_items order by 1, 2`;
    expect([...rows].map(({ exchange_id, asset }) => `${String(exchange_id)} ${String(asset)}`)).toEqual([
      'bybit BTC',
      'bybit USDT',
      'kraken DOGE',
    ]);
    const [pool] =
      await sql`select quantity, cost, realized_trade from exchange_sync.pools where asset = 'MNT'`;
    // 80 less the fee of 0.08, against a cost of 70.07.
    expect(pool).toEqual({ quantity: '0', cost: '0', realized_trade: '9.85' });
  });

  test('an AlphaPulse database with rows is adopted and stays readable', async () => {
    await sql`create table portfolio_items (id serial primary key, exchange_id varchar(50), asset varchar(50),
      quantity numeric not null, current_price numeric, avg_entry_price numeric, created_at timestamp, updated_at timestamp)`;
    await sql`create table sync_history (id serial primary key, exchange_id varchar(50), sync_type varchar(50),
      items_processed integer, items_synced integer, success boolean, start_time timestamp, end_time timestamp,
      error_message text, created_at timestamp)`;
    await sql`insert into portfolio_items (exchange_id, asset, quantity, created_at)
      values ('bybit', 'BTC', 1, '2024-01-01'), ('okx', 'ETH', 2, '2024-01-01')`;
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    const rows =
      await sql`select id, exchange_id, asset, created_at::text from portfolio_items where id <= 2 order by id`;
    expect([...rows]).toEqual([
      { id: 1, exchange_id: 'bybit', asset: 'BTC', created_at: '2024-01-01 00:00:00' },
      { id: 2, exchange_id: 'okx', asset: 'ETH', created_at: '2024-01-01 00:00:00' },
    ]);
  });

  test('--dry-run reports and writes nothing', async () => {
    const result = await stage.run(['sync', ...SINCE, '--dry-run', '--json']);
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({
      schemaVersion: 1,
      exitCode: 0,
      accounts: [{ newTrades: 3, dryRun: true }],
    });
    const [table] = await sql`select to_regclass('exchange_sync.trades') as found`;
    expect(table).toEqual({ found: null });
  });
});
