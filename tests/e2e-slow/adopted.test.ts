import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('each', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  await makeAlphapulse();
});

/** What AlphaPulse made and filled; its table has no rule that one asset of an exchange is one row. */
async function makeAlphapulse(): Promise<void> {
  await sql`
    create table portfolio_items (id serial primary key, exchange_id varchar(50), asset varchar(50),
      quantity numeric not null, current_price numeric, avg_entry_price numeric, created_at timestamp, updated_at timestamp)`;
  await sql`
    create table sync_history (id serial primary key, exchange_id varchar(50), sync_type varchar(50),
      items_processed integer, items_synced integer, success boolean, start_time timestamp, end_time timestamp,
      error_message text, created_at timestamp)`;
  await sql`
    insert into portfolio_items (exchange_id, asset, quantity, current_price, avg_entry_price, created_at, updated_at)
    values ('bybit', 'BTC', 1, 50000, 40000, '2024-01-01', '2024-02-01'),
           ('bybit', 'SOLD', 5, 1, 1, '2024-01-01', '2024-02-01'),
           ('okx', 'ETH', 2.5, 3000, 2000, '2024-01-01', '2024-02-01'),
           ('kraken', 'BTC', 0.1, null, null, null, null)`;
  await sql`
    insert into sync_history (exchange_id, sync_type, items_processed, items_synced, success, start_time, end_time, created_at)
    values ('bybit', 'full', 2, 2, true, '2024-02-01', '2024-02-01', '2024-02-01'),
           ('okx', 'full', 1, 0, false, '2024-02-01', '2024-02-01', '2024-02-01')`;
}

const columns = async () => [
  ...(await sql`
    select table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable, column_default
      from information_schema.columns where table_schema = 'public' order by 1, 3`),
];

describe('a database that AlphaPulse filled', () => {
  test('keeps the columns and types that its readers know', async () => {
    const before = await columns();
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    expect(await columns()).toEqual(before);
  });

  test('keeps the rows of other exchanges to the last digit, and all that was recorded of runs', async () => {
    const others = () =>
      sql`select t::text as row from portfolio_items t where exchange_id <> 'bybit' order by id`;
    const runs = () => sql`select t::text as row from sync_history t where id <= 2 order by id`;
    const before = [[...(await others())], [...(await runs())]];
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    expect((await stage.run(['sync'])).code).toBe(0);
    expect([[...(await others())], [...(await runs())]]).toEqual(before);
    const ours = await sql`select exchange_id, success from sync_history where id > 2`;
    expect([...ours]).toEqual([
      { exchange_id: 'bybit', success: true },
      { exchange_id: 'bybit', success: true },
    ]);
  });

  test('has the rows of the account replaced in place, and those no longer held taken out', async () => {
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    const rows = await sql`
      select id, asset, quantity, created_at::text, updated_at > '2024-02-01' as fresh
        from portfolio_items where exchange_id = 'bybit' order by asset`;
    expect([...rows]).toEqual([
      { id: 1, asset: 'BTC', quantity: '0.0599', created_at: '2024-01-01 00:00:00', fresh: true },
      expect.objectContaining({ asset: 'MNT', quantity: '100' }),
      expect.objectContaining({ asset: 'USDT', quantity: '6527.33' }),
    ]);
  });

  test('that holds an asset twice is left as it is and the run ends with 78 and the query that finds it', async () => {
    await sql`insert into portfolio_items (exchange_id, asset, quantity) values ('okx', 'ETH', 1)`;
    const before = [...(await sql`select t::text as row from portfolio_items t order by id`)];
    const result = await stage.run(['sync', ...SINCE]);
    expect(result).toMatchObject({
      code: 78,
      stderr: expect.stringMatching(/twice.*having count/s) as unknown,
    });
    expect([...(await sql`select t::text as row from portfolio_items t order by id`)]).toEqual(before);
    const [query] = /select exchange_id[^;]*/.exec(result.stderr) ?? [];
    expect(await sql.unsafe(query ?? '')).toHaveLength(1);
  });

  test('with a rule of its own under another name is given no second one', async () => {
    await sql`alter table portfolio_items add constraint theirs unique (asset, exchange_id)`;
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    expect(await sql`select from pg_indexes where tablename = 'portfolio_items'`).toHaveLength(2);
  });
});
