import type { Sql } from 'postgres';

/** Every table of an account's data with its rows as text; neither runs and leases, nor what is only remembered. */
export async function fetchStored(sql: Sql): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
     where relkind = 'r' and relnamespace = 'exchange_sync'::regnamespace
       and relname not in ('leases', 'runs', 'exchange_cache', 'schema_migrations')
    union all select 'portfolio_items'`;
  const stored: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t order by 1`;
    stored[name] = rows.map(({ row }) => row);
  }
  return stored;
}
