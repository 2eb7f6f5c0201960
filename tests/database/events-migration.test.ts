import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import type { Sql } from 'postgres';
import { migrate, MIGRATIONS } from '../../src/database/migrate.js';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import { embeddedFolder } from '../support/embedded-folder.js';
import { EARLIER_EVENTS, insertEarlierRows } from './earlier-rows.js';
import { startPostgres, type TestServer } from '../support/postgres.js';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** The last level with a table for each kind of record. */
const LEVEL = 13;
const MIGRATED = ['trades', 'transfers', 'incomes', 'entries'];
const VIEWS = [...MIGRATED, 'cash_flows', 'portfolio', 'portfolio_history', 'realized_pnl'];

const migrateTo = (database: Database, level: number) =>
  migrate(
    database,
    MIGRATIONS.filter(({ version }) => version <= level),
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

type Opener = (work: Work) => Promise<void>;

const onEarlier = (on: Opener, work: Work) =>
  on(async (database) => {
    await migrateTo(database, LEVEL);
    await database.run(insertEarlierRows);
    await work(database);
  });

test.each([
  ['on PostgreSQL 15', onServer],
  ['embedded', onEmbedded],
] as const)(
  'records of every kind are kept with their legs, and every view shows what the tables held, %s',
  async (_, on) => {
    await onEarlier(on, async (database) => {
      const before = await database.run(contents);
      await migrate(database);
      expect(await database.run(contents)).toEqual(before);
      const rows = await database.run(
        (sql) => sql<{ line: string }[]>`
        select concat_ws(' ', account, source, event_id, type, status,
                 string_agg(concat_ws(' ', role, amount, asset, wallet), ', ' order by leg)) as line
          from exchange_sync.event_legs group by account, source, event_id, type, status`,
      );
      expect(rows.map(({ line }) => line).sort()).toEqual([...EARLIER_EVENTS].sort());
    });
  },
);

test('two trades of one id on two markets stay two', async () => {
  await onEarlier(onServer, async (database) => {
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
  await onEarlier(onServer, async (database) => {
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
  await onEarlier(onServer, async (database) => {
    await database.run((sql) => sql.unsafe(statement));
    const before = await database.run(contents);
    await expect(migrate(database)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringMatching(named) as unknown,
    });
    expect(await database.run(contents)).toEqual(before);
  });
});
