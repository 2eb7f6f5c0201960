import type { Sql } from 'postgres';

/** A row with every value as text; null where there is none. */
export type Row = Readonly<Record<string, string | null>>;

const TABLES = [
  ...['public.portfolio_items', 'public.sync_history'],
  ...['trades', 'transfers', 'incomes', 'cursors', 'pools', 'daily_results', 'holdings', 'wallets'],
  ...['wallet_balances', 'snapshots', 'snapshot_items', 'leases', 'pool_history', 'missing_acquisitions'],
  'event_prices',
] as const;

export type Table = (typeof TABLES)[number];
export type Records = Readonly<Record<Table, readonly Row[]>>;

/** Before the first run has made the tables. */
export const NOTHING = Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Records;

/** What is stored, table by table. */
export async function fetchRecords(sql: Sql): Promise<Records> {
  const [made] = await sql`select to_regclass('exchange_sync.pool_history') is not null as there`;
  if (!made?.['there']) return NOTHING;
  const tables: [Table, readonly Row[]][] = [];
  for (const table of TABLES) tables.push([table, await fetchRows(sql, table)]);
  return Object.fromEntries(tables) as Record<Table, readonly Row[]>;
}

async function fetchRows(sql: Sql, table: Table): Promise<readonly Row[]> {
  const name = table.includes('.') ? table : `exchange_sync.${table}`;
  const rows = await sql<{ row: Row }[]>`
    select (select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(t) - 'raw')) as row
      from ${sql(name)} t order by 1`;
  return rows.map(({ row }) => row);
}

/** Of an account; AlphaPulse's tables name it otherwise. */
export const rowsOf = (records: Records, table: Table, account: string): readonly Row[] =>
  records[table].filter((row) => (row['account'] ?? row['exchange_id']) === account);

/** ms since 1970; a time without a zone is UTC. */
export function msOf(text: string | null | undefined): number {
  if (!text) return NaN;
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
}

export const printed = (row: Row): string => JSON.stringify(row);
