import type postgres from 'postgres';

/** Rows of all tables of ours, and of sync_history, that any kind of scan has read so far. */
export async function rowsRead(sql: postgres.Sql): Promise<number> {
  await sql`select pg_stat_clear_snapshot()`;
  const [row] = await sql<{ rows: number }[]>`
    select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::float8 as rows
      from pg_stat_user_tables where schemaname = 'exchange_sync' or relname = 'sync_history'`;
  return row?.rows ?? 0;
}
