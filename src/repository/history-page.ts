import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import { savedEntries } from './entries.js';
import { savedUnread } from './unread-records.js';
import { type EventBatch, eventRows, jsonText } from './event-rows.js';

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
 * Trades, transfers, incomes and cursors of `lease.doc`. A known identity with other content is replaced and
 * numbered as an arrival again, with the earliest time that the change bears on; an unchanged one is left alone.
 */
export const savedEvents = (sql: Sql) => sql`
  saved_trades as (
    insert into exchange_sync.trades as known (
      account, kind, symbol, trade_id, order_id, base, quote, side, amount, price, value, fee_asset, fee_amount, time, raw,
      affects_from)
    select lease.account, kind, symbol, trade_id, order_id, base, quote, side, amount, price, value, fee_asset, fee_amount,
           time, raw, time
      from lease, jsonb_to_recordset(lease.doc -> 'trades') as trade(
        kind text, symbol text, trade_id text, order_id text, base text, quote text, side text, amount numeric,
        price numeric, value numeric, fee_asset text, fee_amount numeric, time timestamptz, raw jsonb)
    on conflict (account, kind, symbol, trade_id) do update
       set order_id = excluded.order_id, base = excluded.base, quote = excluded.quote, side = excluded.side,
           amount = excluded.amount, price = excluded.price, value = excluded.value, fee_asset = excluded.fee_asset,
           fee_amount = excluded.fee_amount, time = excluded.time, raw = excluded.raw, arrival = excluded.arrival,
           affects_from = least(known.time, excluded.time)
     where (known.base, known.quote, known.side, known.amount, known.value, known.fee_asset, known.fee_amount, known.time)
           is distinct from (excluded.base, excluded.quote, excluded.side, excluded.amount, excluded.value,
                             excluded.fee_asset, excluded.fee_amount, excluded.time)
    returning arrival
  ),
  saved_transfers as (
    insert into exchange_sync.transfers as known (
      account, direction, transfer_id, asset, amount, fee_asset, fee_amount, status, network, txid, time, raw, affects_from)
    select lease.account, direction, transfer_id, asset, amount, fee_asset, fee_amount, status, network, txid, time, raw, time
      from lease, jsonb_to_recordset(lease.doc -> 'transfers') as transfer(
        direction text, transfer_id text, asset text, amount numeric, fee_asset text, fee_amount numeric,
        status text, network text, txid text, time timestamptz, raw jsonb)
    on conflict (account, direction, transfer_id) do update
       set asset = excluded.asset, amount = excluded.amount, fee_asset = excluded.fee_asset,
           fee_amount = excluded.fee_amount, status = excluded.status, network = excluded.network,
           txid = coalesce(excluded.txid, known.txid), time = excluded.time, raw = excluded.raw, arrival = excluded.arrival,
           affects_from = least(known.time, excluded.time)
     where (known.asset, known.amount, known.fee_asset, known.fee_amount, known.status, known.txid, known.time)
           is distinct from (excluded.asset, excluded.amount, excluded.fee_asset, excluded.fee_amount, excluded.status,
                             coalesce(excluded.txid, known.txid), excluded.time)
    returning arrival
  ),
  saved_incomes as (
    insert into exchange_sync.incomes as known (account, income_id, asset, amount, reason, time, raw, affects_from)
    select lease.account, income_id, asset, amount, reason, time, raw, time
      from lease, jsonb_to_recordset(lease.doc -> 'incomes') as income(
        income_id text, asset text, amount numeric, reason text, time timestamptz, raw jsonb)
    on conflict (account, income_id) do update
       set asset = excluded.asset, amount = excluded.amount, reason = excluded.reason, time = excluded.time,
           raw = excluded.raw, arrival = excluded.arrival, affects_from = least(known.time, excluded.time)
     where (known.asset, known.amount, known.time) is distinct from (excluded.asset, excluded.amount, excluded.time)
    returning arrival
  ),
  ${savedEntries(sql)},
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
