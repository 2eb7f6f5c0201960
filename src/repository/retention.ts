import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import { RETENTION } from '../models/retention.js';

/** A commit deletes no more than this; what an earlier version left behind goes in the commits that follow. */
const MAX_DELETED = 500;

const { hourly, daily } = RETENTION;

/**
 * The part of an account's commit that thins out its old snapshots; it needs `lease`. Of each full hour or UTC
 * day the newest complete one is kept, or the newest, and the account's first is kept always. The first commit
 * of an hour does it, as that is when another hour is old enough. `pool_history` stays: it holds by time.
 */
export const thinnedSnapshots = (sql: Sql) => sql`
  due as (
    select account, ${start(sql, hourly.every, sql`at - ${span(sql, hourly.age)}`)} as whole_from,
           ${start(sql, daily.every, sql`at - ${span(sql, daily.age)}`)} as hourly_from
      from lease
     where not exists (
       select from exchange_sync.snapshots s
        where s.account = lease.account and s.taken_at >= ${start(sql, hourly.every, sql`at`)})
  ),
  aged as (
    select s.account, s.run_id, s.taken_at, min(s.taken_at) over () as first_at,
           row_number() over (partition by part order by s.complete desc, s.taken_at desc, s.run_id) as place
      from due
      join exchange_sync.snapshots s on s.account = due.account and s.taken_at < due.whole_from
      cross join lateral (
        select case when s.taken_at < due.hourly_from then ${start(sql, daily.every, sql`s.taken_at`)}
                    else ${start(sql, hourly.every, sql`s.taken_at`)} end as part) as parts
  ),
  superseded as (
    select account, run_id from aged where place > 1 and taken_at > first_at order by taken_at limit ${MAX_DELETED}
  ),
  thinned_items as (
    delete from exchange_sync.snapshot_items item using superseded old
     where item.account = old.account and item.run_id = old.run_id
  ),
  thinned_snapshots as (
    delete from exchange_sync.snapshots s using superseded old
     where s.account = old.account and s.run_id = old.run_id
  )`;

/** A commit deletes no more runs than this. */
const MAX_DELETED_RUNS = 2_000;

/**
 * The part that deletes runs older than RETENTION.runs, with their rows in AlphaPulse's sync_history; it needs
 * `run`. The newest good run and the newest that stored something are kept always. A row of sync_history is ours
 * only if its account and both of its times are those of a run that is deleted: others write there too, and the
 * rows of versions before `exchange_sync.runs` cannot be distinguished from theirs. The account's first run of a
 * UTC day does it.
 */
export const deletedOldRuns = (sql: Sql) => sql`
  due_run as materialized (
    select account, ended_at - ${span(sql, RETENTION.runs.age)} as oldest,
           (${newestRun(sql, sql`success`)}) as good, (${newestRun(sql, sql`assets is not null`)}) as stored
      from run
     where not exists (
       select from exchange_sync.runs today
        where today.account = run.account
          and today.ended_at between ${start(sql, daily.every, sql`run.ended_at`)} and run.ended_at)
  ),
  old_run as (
    select r.account, r.run_id, r.started_at, r.ended_at
      from due_run join exchange_sync.runs r on r.account = due_run.account
     where r.ended_at < oldest and r.run_id is distinct from good and r.run_id is distinct from stored
     order by r.ended_at limit ${MAX_DELETED_RUNS}
  ),
  deleted_runs as (
    delete from exchange_sync.runs r using old_run old where r.account = old.account and r.run_id = old.run_id
  ),
  deleted_shared_runs as (
    delete from public.sync_history h using old_run old
     where h.exchange_id = old.account and h.sync_type = 'portfolio'
       and h.start_time = old.started_at at time zone 'UTC' and h.end_time = old.ended_at at time zone 'UTC'
  )`;

/** The newest one before `run`, of those that meet the condition. */
const newestRun = (sql: Sql, condition: PendingQuery<Row[]>) => sql`
  select run_id from exchange_sync.runs newest
   where newest.account = run.account and newest.ended_at <= run.ended_at and ${condition}
   order by newest.ended_at desc limit 1`;

const span = (sql: Sql, ms: number) => sql`${ms}::float8 * interval '1 millisecond'`;

/** When the hour or day of a time began, in UTC. */
const start = (sql: Sql, every: number, time: PendingQuery<Row[]>) =>
  sql`date_bin(${span(sql, every)}, ${time}, '1970-01-01T00:00:00Z')`;
