import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { deletedOldRuns } from './retention.js';
import { triedAccounts } from './snapshots.js';
import { bounded } from './texts.js';
import { msOrNone } from './times.js';

export interface FailedRun {
  readonly account: AccountId;
  readonly runId: string;
  /** How long it took. */
  readonly milliseconds: number;
  readonly message: string;
}

/** The row of a run that stored nothing else, here and for AlphaPulse's readers, whose times are UTC without zone. */
export async function saveFailedRun(sql: Sql, run: FailedRun): Promise<void> {
  await sql`
    with run as (
      select ${run.account}::text as account, ${run.runId}::uuid as run_id, now() as ended_at,
             now() - ${run.milliseconds}::float8 * interval '1 millisecond' as started_at,
             ${bounded(run.message.replaceAll('\0', ''))}::text as error
    ),
    own as (
      -- A commit whose answer was lost may have landed after all: then the run did not fail.
      insert into exchange_sync.runs (account, run_id, started_at, ended_at, success, error)
      select account, run_id, started_at, ended_at, false, error from run
      on conflict do nothing
    ),
    ${deletedOldRuns(sql)}
    insert into public.sync_history (
      exchange_id, sync_type, items_processed, items_synced, success,
      start_time, end_time, error_message, created_at)
    select account, 'portfolio', 0, 0, false, started_at at time zone 'UTC', ended_at at time zone 'UTC', error,
           ended_at at time zone 'UTC'
      from run`;
}

/** The part of an account's commit that records its run and deletes old ones; it needs `lease`. */
export const savedRun = (sql: Sql) => sql`
  run as (
    select account, run_id, (doc ->> 'started_at')::timestamptz + clock_lag as started_at, at as ended_at,
           (doc ->> 'success')::boolean as success, jsonb_array_length(doc -> 'holdings') as assets,
           doc ->> 'error_message' as error
      from lease
  ),
  own_run as (
    insert into exchange_sync.runs (account, run_id, started_at, ended_at, success, assets, error)
    select account, run_id, started_at, ended_at, success, assets, error from run
  ),
  shared_run as (
    insert into public.sync_history (
      exchange_id, sync_type, items_processed, items_synced, success, start_time, end_time, error_message, created_at)
    select account, 'portfolio', assets, assets, success, started_at at time zone 'UTC', ended_at at time zone 'UTC', error,
           now() at time zone 'UTC'
      from run
  ),
  ${deletedOldRuns(sql)}`;

/** Runs whose end can be: one later than the database's own time was dated by a clock that was wrong. */
export const ofThePast = (sql: Sql) => sql`ended_at between '1970-01-01' and now() + interval '1 minute'`;

export interface LastSuccess {
  /** End of the account's newest successful run, by the database's clock; undefined: none. */
  readonly endedAt: number | undefined;
  /** How long ago in ms, by the same clock. */
  readonly age: number;
  /** End of a successful run that is dated in the future; undefined: none. */
  readonly future: number | undefined;
}

export async function fetchLastSuccess(sql: Sql, account: AccountId): Promise<LastSuccess> {
  const [row] = await sql<{ last: Date | null; future: Date | null; age: string | null }[]>`
    select last, future, floor(extract(epoch from now() - last) * 1000)::text as age from (
      select (select max(ended_at) from exchange_sync.runs
               where account = ${account} and success and ${ofThePast(sql)}) as last,
             (select max(ended_at) from exchange_sync.runs
               where account = ${account} and success and ended_at > now() + interval '1 minute'
                 and ended_at <= '9999-12-31') as future
    ) as found`;
  return {
    endedAt: msOrNone(row?.last ?? null),
    age: Math.max(0, Number.parseInt(row?.age ?? '0', 10)),
    future: msOrNone(row?.future ?? null),
  };
}

/** Accounts of which no run has stored anything, by name: all of their runs failed. */
export async function fetchNeverSynced(sql: Sql): Promise<AccountId[]> {
  const rows = await sql<{ account: string }[]>`
    with recursive ${triedAccounts(sql)}
    select account from tried
     where not exists (select from exchange_sync.snapshots s where s.account = tried.account) order by account`;
  return rows.map(({ account }) => account);
}

/** The accounts by the end of the newest run that stored something, those without one first; else as given. */
export async function fetchStalestFirst(sql: Sql, accounts: readonly AccountId[]): Promise<AccountId[]> {
  const rows = await sql<{ account: string }[]>`
    select asked.account
      from jsonb_array_elements_text(${JSON.stringify(accounts)}::text::jsonb) with ordinality as asked (account, place)
      left join lateral (
        select ended_at from exchange_sync.runs r
         where r.account = asked.account and (success or assets is not null) and ${ofThePast(sql)}
         order by ended_at desc limit 1) as newest on true
     order by newest.ended_at nulls first, asked.place`;
  return rows.map(({ account }) => account);
}
