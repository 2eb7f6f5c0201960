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

const span = (sql: Sql, ms: number) => sql`${ms}::float8 * interval '1 millisecond'`;

/** When the hour or day of a time began, in UTC. */
const start = (sql: Sql, every: number, time: PendingQuery<Row[]>) =>
  sql`date_bin(${span(sql, every)}, ${time}, '1970-01-01T00:00:00Z')`;
