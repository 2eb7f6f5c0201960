import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import type { Sql } from 'postgres';
import { migrate, MIGRATIONS } from '../../src/database/migrate.js';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import { embeddedFolder } from '../support/embedded-folder.js';
import { startPostgres, type TestServer } from '../support/postgres.js';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** The last level with a table for each kind of record. */
const LEVEL = 12;
const MIGRATED = ['trades', 'transfers', 'incomes', 'entries'];
const VIEWS = [...MIGRATED, 'cash_flows', 'portfolio', 'portfolio_history', 'realized_pnl'];

const LEGS = [
  'binance income 11 income done income 0.1 BNB',
  'binance income:realtime realtime:p:USDT:1 income done income -0.5 USDT',
  'binance trades:BTCUSDT 1 trade done base 1 BTC, quote -1 USDT',
  'binance trades:ETHUSDT 1 trade done base 1 ETH, quote 0 USDT',
  'binance withdrawals w withdrawal done moved -5 USDT, fee -1 USDT',
  'bybit converts c1 conversion done base -0.1 BTC, quote 6000 USDT',
  'bybit deposits d1 deposit done moved 1.50 BTC',
  'bybit deposits d3 deposit failed moved 0 USDT',
  'bybit deposits:internal internal:9 deposit done moved 10 USDT, fee -0.3 USDT',
  'bybit entries adjustment:USDT:x adjustment done moved -3 USDT',
  'bybit entries opening:BTC opening done moved 0.30 BTC',
  'bybit trades 1 trade done base 0.5 BTC, quote -30000.05 USDT, fee -0.0005 BTC',
  'bybit trades 2 trade done base -0.1 BTC, quote 6000 USDT, fee 0.25 MNT',
  'bybit trades 3 trade done base -12345678901234567890.123456789012345678901234567891 ETH, quote 3 USDT',
  'bybit withdrawals d1 withdrawal pending moved -0.2 BTC, fee -0.0001 BTC',
  'bybit/sub1 dust 7:GIFT conversion done base -10 GIFT, quote 0.01 BNB, fee -0.0002 BNB',
];

const migrateTo = (database: Database, level: number) =>
  migrate(
    database,
    MIGRATIONS.filter(({ version }) => version <= level),
  );

/** Every kind of row, with and without what may be missing. */
const insertRows = (sql: Sql) =>
  sql`
    insert into exchange_sync.trades (account, kind, symbol, trade_id, order_id, base, quote, side, amount, price, value,
                                      fee_asset, fee_amount, time, raw, affects_from) values
      ('bybit', 'trade', 'BTC/USDT', '1', 'o1', 'BTC', 'USDT', 'buy', 0.5, 60000.10, 30000.05, 'BTC', 0.0005, '2026-01-02T03:04:05.678Z', '{"n": 1.10}', '2026-01-01Z'),
      ('bybit', 'trade', 'ETH/USDT', '3', null, 'ETH', 'USDT', 'sell', 12345678901234567890.123456789012345678901234567891, 2, 3, null, null, '2026-01-03Z', '{}', '2026-01-03Z'),
      ('bybit', 'trade', 'BTC/USDT', '2', null, 'BTC', 'USDT', 'sell', 0.1, 60000, 6000, 'MNT', -0.25, '2026-01-03Z', '{}', '2026-01-03Z'),
      ('bybit', 'convert', 'BTC/USDT', 'c1', null, 'BTC', 'USDT', 'sell', 0.1, 60000, 6000, null, null, '2026-01-04Z', '{}', '2026-01-04Z'),
      ('bybit/sub1', 'dust', 'GIFT/BNB', '7:GIFT', null, 'GIFT', 'BNB', 'sell', 10, 0.001, 0.01, 'BNB', 0.0002, '2026-01-05Z', '{}', '2026-01-05Z'),
      ('binance', 'trade', 'BTC/USDT', '1', null, 'BTC', 'USDT', 'buy', 1, 1, 1, null, null, '2026-01-05Z', '{"symbol": "BTCUSDT"}', '2026-01-05Z'),
      ('binance', 'trade', 'ETH/USDT', '1', null, 'ETH', 'USDT', 'buy', 1, 1, 0, null, null, '2026-01-05Z', '{}', '2026-01-05Z')`.then(
    () =>
      sql`
    insert into exchange_sync.transfers (account, direction, transfer_id, asset, amount, fee_asset, fee_amount, status, network, txid, time, raw, affects_from) values
      ('bybit', 'deposit', 'd1', 'BTC', 1.50, null, null, 'ok', 'BTC', '0xab', '2026-01-01Z', '{}', '2026-01-01Z'),
      ('bybit', 'deposit', 'internal:9', 'USDT', 10, 'USDT', 0.3, 'ok', null, null, '2026-01-02Z', '{}', '2026-01-02Z'),
      ('bybit', 'deposit', 'd3', 'USDT', 0, null, null, 'failed', null, null, '2026-01-02Z', '{}', '2026-01-02Z'),
      ('bybit', 'withdrawal', 'd1', 'BTC', 0.2, 'BTC', 0.0001, 'pending', 'BTC', null, '2026-01-03Z', '{}', '2026-01-03Z'),
      ('binance', 'withdrawal', 'w', 'USDT', 5, 'USDT', 1, 'ok', 'TRX', 'tx', '2026-01-03Z', '{}', '2026-01-03Z')`.then(
        () =>
          sql`
    insert into exchange_sync.incomes (account, income_id, asset, amount, reason, time, raw, affects_from) values
      ('binance', '11', 'BNB', 0.1, 'airdrop', '2026-01-04Z', '{}', '2026-01-04Z'),
      ('binance', 'realtime:p:USDT:1', 'USDT', -0.5, 'interest', '2026-01-04Z', '{}', '2026-01-04Z')`.then(
            () => sql`
    insert into exchange_sync.entries (account, entry_id, kind, asset, amount, time, reason, balance, balance_at, affects_from) values
      ('bybit', 'opening:BTC', 'opening', 'BTC', 0.30, '2025-12-31T23:59:59.999Z', 'held before', 1.80, '2026-01-04T00:00:00.123Z', '2026-01-01Z'),
      ('bybit', 'adjustment:USDT:x', 'adjustment', 'USDT', -3, '2026-01-04Z', 'accepted', 7, '2026-01-04Z', '2026-01-01Z')`,
          ),
      ),
  );

async function contents(sql: Sql): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const view of VIEWS) {
    const rows = await sql<{ row: string }[]>`
      select to_jsonb(v)::text as row from ${sql(`exchange_sync.${view}`)} v`;
    const columns = await sql`
      select attname, format_type(coalesce(nullif(typbasetype, 0), t.oid), null) as type
        from pg_attribute join pg_type t on t.oid = atttypid
       where attrelid = ${`exchange_sync.${view}`}::regclass and attnum > 0 and not attisdropped order by attnum`;
    found[view] = { rows: rows.map(({ row }) => row).sort(), columns: [...columns] };
  }
  return found;
}

type Work = (database: Database) => Promise<void>;

/** A database of the last level with tables for each kind of record. */
async function onServer(work: Work): Promise<void> {
  await withDatabase(await server.createDatabase(), { lockWaitMs: 0 }, work);
}

async function onEmbedded(work: Work): Promise<void> {
  const directory = await embeddedFolder();
  await withDatabase({ kind: 'embedded', directory }, { lockWaitMs: 0 }, work);
  rmSync(directory, { recursive: true });
}

describe.each([
  ['on PostgreSQL 15', onServer],
  ['embedded', onEmbedded],
] as const)('the migration to events, %s', (_, on) => {
  const onEarlier = (work: Work) =>
    on(async (database) => {
      await migrateTo(database, LEVEL);
      await database.run(insertRows);
      await work(database);
    });

  test('records of every kind are kept, and every view shows what the tables held', async () => {
    await onEarlier(async (database) => {
      const before = await database.run(contents);
      await migrate(database);
      expect(await database.run(contents)).toEqual(before);
    });
  });

  test('each record is of the stream that lists it, and its legs are what it changed', async () => {
    await onEarlier(async (database) => {
      await migrate(database);
      const rows = await database.run(
        (sql) => sql<{ line: string }[]>`
        select concat_ws(' ', account, source, event_id, type, status,
                 string_agg(concat_ws(' ', role, amount, asset, wallet), ', ' order by leg)) as line
          from exchange_sync.event_legs group by account, source, event_id, type, status`,
      );
      expect(rows.map(({ line }) => line).sort()).toEqual(LEGS);
    });
  });

  test('two trades of one id on two markets stay two', async () => {
    await onEarlier(async (database) => {
      await database.run(
        (sql) => sql`
        insert into exchange_sync.trades (account, symbol, trade_id, base, quote, side, amount, price, value, time, raw, affects_from)
        select account, 'SOL/USDT', trade_id, 'SOL', quote, side, amount, price, value, time, raw, affects_from
          from exchange_sync.trades where account = 'bybit' and trade_id = '1'`,
      );
      await migrate(database);
      const rows = await database.run(
        (sql) => sql`
        select symbol, trade_id from exchange_sync.trades where account = 'bybit' and trade_id like '1%' order by 1`,
      );
      expect([...rows]).toEqual([
        { symbol: 'BTC/USDT', trade_id: '1' },
        { symbol: 'SOL/USDT', trade_id: '1 SOL/USDT' },
      ]);
    });
  });

  test("people's own views and grants go on to work, and so does a txid that they write", async () => {
    await onEarlier(async (database) => {
      await database.run((sql) =>
        sql.unsafe(`
        create role reader; create role writer;
        grant select on exchange_sync.trades to reader;
        grant select, insert on exchange_sync.trades to writer;
        create view public.own as select t.base, trades.amount, sum(trades.value) over () as total
          from exchange_sync.trades join exchange_sync.trades t using (account, symbol, trade_id);
        grant select on public.own to reader;
        comment on view public.own is 'mine'`),
      );
      const own = (sql: Sql) => sql`select * from public.own order by base, amount`;
      const before = await database.run(own);
      await migrate(database);
      expect(await database.run(own)).toEqual(before);
      await database.run(async (sql) => {
        await sql`update exchange_sync.transfers set txid = 'mine' where (account, direction, transfer_id) in (('bybit', 'deposit', 'd3'))`;
        expect([...(await sql`select event_id from exchange_sync.events where txid = 'mine'`)]).toEqual([
          { event_id: 'd3' },
        ]);
        const [may] = await sql`
          select has_table_privilege('reader', 'exchange_sync.trades', 'select') as reads,
                 has_table_privilege('reader', 'exchange_sync.transfers', 'select') as reads_more,
                 has_table_privilege('reader', 'public.own', 'select') as reads_own,
                 has_table_privilege('writer', 'exchange_sync.events', 'insert') as writes,
                 obj_description('public.own'::regclass) as comment`;
        expect(may).toEqual({
          reads: true,
          reads_more: false,
          reads_own: true,
          writes: true,
          comment: 'mine',
        });
      });
    });
  });

  test.each([
    [
      'create materialized view public.own as select * from exchange_sync.trades',
      /materialized view public.own depends on table exchange_sync.trades/,
    ],
    [
      'create view public.own as select account, symbol, trade_id, kind, value from exchange_sync.trades group by account, kind, symbol, trade_id',
      /view public.own/,
    ],
    [
      'alter table exchange_sync.incomes enable row level security',
      /row-level security of exchange_sync.incomes/,
    ],
  ])('what cannot follow is named, and nothing is changed: %s', async (statement, named) => {
    await onEarlier(async (database) => {
      await database.run((sql) => sql.unsafe(statement));
      const before = await database.run(contents);
      await expect(migrate(database)).rejects.toMatchObject({
        kind: 'config',
        message: expect.stringMatching(named) as unknown,
      });
      expect(await database.run(contents)).toEqual(before);
    });
  });
});
