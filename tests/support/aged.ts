import type { Sql } from 'postgres';

/** Times of commits, which are those of the database: its clock cannot be set, so what is stored grows older instead. */
const DATED = [
  ['public.sync_history', 'start_time'],
  ['public.sync_history', 'end_time'],
  ['exchange_sync.snapshots', 'taken_at'],
  ['exchange_sync.runs', 'started_at'],
  ['exchange_sync.runs', 'ended_at'],
  ['exchange_sync.pool_history', 'since'],
  ['exchange_sync.holdings', 'updated_at'],
  ['exchange_sync.holdings', 'priced_at'],
  ['exchange_sync.holdings', 'last_priced_at'],
  ['exchange_sync.wallets', 'read_at'],
] as const;

/** As if all that is stored had been stored so many ms earlier. */
export async function ageStored(sql: Sql, ms: number): Promise<void> {
  for (const [table, column] of DATED) {
    await sql`
      update ${sql(table)} set ${sql(column)} = ${sql(column)} - ${ms}::float8 * interval '1 millisecond'`;
  }
}
