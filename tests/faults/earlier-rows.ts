import type { Sql } from 'postgres';

/** Of every table the rows as JSON. */
export type EarlierRows = ReadonlyMap<string, readonly string[]>;

/** What a version at a level did not know yet, and its columns do not tell. */
const UNKNOWN = {
  /** Bybit's trades, deposits and withdrawals were all there was. */
  untilLevel2: (table: string, row: Record<string, unknown>): boolean =>
    String(row['account']).startsWith('binance') ||
    (table === 'exchange_sync.trades' && row['kind'] !== 'trade') ||
    (table === 'exchange_sync.transfers' && String(row['transfer_id']).startsWith('internal:')) ||
    (table === 'exchange_sync.cursors' && !/^(trades|deposits|withdrawals)$/.test(String(row['stream']))),
};

/** The level up to which each version of the accounting was in use; its checkpoints name the version. */
const ENGINES = [
  { version: 1, until: 3 },
  { version: 2, until: 9 },
] as const;
const FIRST_CHECKPOINTS = 3;
/** Beyond those of all rows. */
const FIRST_ARRIVAL = 1_000_000;

/** Rows of a synced database, which earlier versions are given a part of. */
export async function fetchRows(sql: Sql): Promise<EarlierRows> {
  const rows = new Map<string, readonly string[]>();
  for (const table of await fetchTables(sql)) {
    const found = await sql<{ row: string }[]>`select to_jsonb(t)::text as row from ${sql(table)} t`;
    rows.set(
      table,
      found.map(({ row }) => row),
    );
  }
  return rows;
}

/** Also the views that were tables up to level 13. */
const fetchTables = async (sql: Sql): Promise<string[]> => {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'exchange_sync' and tablename not in ('schema_migrations', 'dollars', 'leases')
        or schemaname = 'public' and tablename in ('portfolio_items', 'sync_history')
     union all
    select format('%I.%I', schemaname, viewname) from pg_views
     where schemaname = 'exchange_sync' and viewname in ('trades', 'transfers', 'incomes', 'entries')
     order by name`;
  return tables.map(({ name }) => name);
};

/** In the columns that the level has; and what AlphaPulse holds of an exchange that is not ours. */
export async function storeAsOf(sql: Sql, level: number, rows: EarlierRows): Promise<void> {
  for (const table of await fetchTables(sql)) {
    const known = (rows.get(table) ?? []).filter(
      (row) => level > 2 || !UNKNOWN.untilLevel2(table, JSON.parse(row) as Record<string, unknown>),
    );
    await sql`
      insert into ${sql(table)}
      select r.* from jsonb_array_elements(${`[${known.join()}]`}::text::jsonb) as given (row),
             jsonb_populate_record(null::${sql(table)}, row) r`;
  }
  if (level >= FIRST_CHECKPOINTS) await sql`select setval('exchange_sync.arrivals', ${FIRST_ARRIVAL})`;
  const engine = ENGINES.find(({ until }) => level <= until);
  if (level >= FIRST_CHECKPOINTS && engine)
    await sql`update exchange_sync.checkpoints set settings = regexp_replace(settings, '^\\[\\d+,', ${`[${engine.version},`})`;
  await sql`
    insert into public.portfolio_items (id, exchange_id, asset, quantity) values (-1, 'kraken', 'BTC', 1.2345678901234567890)`;
  await sql`
    insert into public.sync_history (id, exchange_id, success, error_message) values (-1, 'kraken', false, 'of before')`;
  for (const table of ['portfolio_items', 'sync_history'])
    await sql`select setval(${`public.${table}_id_seq`}, (select max(id) from public.${sql(table)}))`;
}

/** What no sync may change or take away, in the words of the first version that stored it. */
export async function whatStays(sql: Sql): Promise<string[]> {
  const found: string[] = [];
  for (const table of await fetchTables(sql)) {
    if (!/\.(trades|snapshots|snapshot_items|sync_history|portfolio_items)$/.test(table)) continue;
    const rows = await sql<{ row: string }[]>`
      select ${table} || ' ' || (to_jsonb(t) - array['kind', 'arrival', 'affects_from', 'settings_hash'])::text as row
        from ${sql(table)} t
       where ${table} <> 'public.portfolio_items' or to_jsonb(t) ->> 'exchange_id' = 'kraken'`;
    found.push(...rows.map(({ row }) => row));
  }
  return found;
}
