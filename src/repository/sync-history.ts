import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { isoTime, msOrNone } from './times.js';

export interface FailedRun {
  readonly account: AccountId;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly message: string;
}

/** The row of a run that stored nothing else. sync_history has timestamps without zone: UTC. */
export async function saveFailedRun(sql: Sql, run: FailedRun): Promise<void> {
  await sql`
    insert into public.sync_history (
      exchange_id, sync_type, items_processed, items_synced, success,
      start_time, end_time, error_message, created_at)
    values (
      ${run.account}, 'full', 0, 0, false,
      ${isoTime(run.startedAt)}::timestamptz at time zone 'UTC', ${isoTime(run.endedAt)}::timestamptz at time zone 'UTC',
      ${run.message.replaceAll('\0', '')}, now() at time zone 'UTC')`;
}

/** When a run of that row ended: others write there too, and what is no time of our calendar counts as none. */
export const endTime = (sql: Sql) =>
  sql`case when end_time between '1970-01-01' and '9999-12-31' then end_time end`;

/** End of the account's last successful run in ms, undefined where there was none. */
export async function fetchLastSuccess(sql: Sql, account: AccountId): Promise<number | undefined> {
  const [row] = await sql<{ last: Date | null }[]>`
    select max(${endTime(sql)}) at time zone 'UTC' as last
      from public.sync_history where exchange_id = ${account} and success`;
  return row ? msOrNone(row.last) : undefined;
}
