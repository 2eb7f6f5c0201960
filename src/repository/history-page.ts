import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import { savedUnread } from './unread-records.js';
import { EVENT_COLUMNS, type EventBatch, eventRows, jsonText } from './event-rows.js';

/** Shorter than the client waits, so that a commit that was given up cannot land when the lock is freed at last. */
const LOCK_TIMEOUT = '30s';

/** The database's time, in whole milliseconds as the program reads it. */
const databaseTime = (sql: Sql) => sql`date_trunc('milliseconds', now())`;

/**
 * The parts that every commit begins with: the parameters, and the lease, locked. Each later part selects
 * `from lease`, so that a run whose lease was taken over writes nothing at all. `lease.at` is the time of the
 * commit, by the database's clock; this machine's may be wrong, so `lease.clock_lag` is added to its times.
 */
export const leasedInput = (
  sql: Sql,
  { account, runId }: Pick<EventBatch, 'account' | 'runId'>,
  doc: unknown,
  at: PendingQuery<Row[]> = databaseTime(sql),
) => sql`
  input as (
    select ${account}::text as account, ${runId}::uuid as run_id, ${jsonText(doc)}::text::jsonb as doc, ${at} as at,
           set_config('lock_timeout', ${LOCK_TIMEOUT}, true)
  ),
  lease as (
    select input.account, input.run_id, input.doc, input.at,
           input.at - (input.doc ->> 'ended_at')::timestamptz as clock_lag
      from exchange_sync.leases l join input on l.account = input.account and l.run_id = input.run_id
       for update of l
  )`;

/**
 * Events and cursors of `lease.doc`. A known identity with another time, status, transaction or leg is replaced
 * and numbered as an arrival again, with the earliest time that the change affects; an unchanged one is left alone,
 * as is a transaction that is known once. "Changed" is that of `isSameEvent`.
 */
export const savedEvents = (sql: Sql) => sql`
  saved_events as (
    insert into exchange_sync.events as known (account, ${columns(sql, EVENT_COLUMNS)}, affects_from)
    select lease.account, ${columns(sql, EVENT_COLUMNS, 'given')}, given.time
      from lease, jsonb_populate_recordset(null::exchange_sync.events, lease.doc -> 'events') as given
    on conflict (account, source, event_id) do update
       set (${columns(sql, REPLACED)}) = row(${columns(sql, REPLACED, 'excluded')}),
           txid = coalesce(excluded.txid, known.txid), arrival = excluded.arrival,
           affects_from = least(known.time, excluded.time)
     where (known.assets, known.amounts, known.roles, known.wallets, known.type, known.status, known.time, known.txid)
           is distinct from (excluded.assets, excluded.amounts, excluded.roles, excluded.wallets, excluded.type,
                             excluded.status, excluded.time, coalesce(excluded.txid, known.txid))
    returning arrival
  ),
  removed_events as (
    delete from exchange_sync.events e
     using lease, jsonb_to_recordset(lease.doc -> 'removed_events') as removed(source text, event_id text)
     where e.account = lease.account and e.source = removed.source and e.event_id = removed.event_id
  ),
  ${savedUnread(sql)},
  saved_cursors as (
    insert into exchange_sync.cursors (account, stream, complete_until, window_from, window_to, page)
    select lease.account, stream, complete_until, window_from, window_to, page
      from lease, jsonb_to_recordset(lease.doc -> 'cursors') as cursor(
        stream text, complete_until timestamptz, window_from timestamptz, window_to timestamptz, page text)
    on conflict (account, stream) do update
       set complete_until = excluded.complete_until, window_from = excluded.window_from,
           window_to = excluded.window_to, page = excluded.page
  )`;

/** `a, b`, or `table.a, table.b`. */
const columns = (sql: Sql, names: readonly string[], table?: string): PendingQuery<Row[]> =>
  names
    .map((name) => sql`${sql(table === undefined ? name : `${table}.${name}`)}`)
    .reduce((list, name) => sql`${list}, ${name}`);

/** Of a known event. */
const REPLACED = EVENT_COLUMNS.filter((column) => !['source', 'event_id', 'txid'].includes(column));

export type CommitOutcome = 'committed' | 'lease-lost';

export const outcomeOf = (rows: readonly { readonly leases: string }[]): CommitOutcome =>
  rows[0]?.leases === '1' ? 'committed' : 'lease-lost';

/** One page of a backfill with its cursor, in one statement. */
export async function saveHistoryPage(sql: Sql, batch: EventBatch): Promise<CommitOutcome> {
  const rows = await sql<{ leases: string }[]>`
    with ${leasedInput(sql, batch, eventRows(batch))}, ${savedEvents(sql)}
    select count(*) as leases from lease`;
  return outcomeOf(rows);
}
