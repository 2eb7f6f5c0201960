import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { AssetMoment, Counts } from '../models/bridge.js';
import { parseDecimal, ZERO } from '../models/decimal.js';
import { isoTime } from './times.js';

/**
 * The part of an account's commit that keeps what its books had counted; it needs `lease` and `pool`. Only
 * what changed since the last snapshot makes a row, so that a run in which nothing happened leaves none;
 * books that are kept anew for a snapshot take the place of what was kept for it.
 */
export const savedPoolHistory = (sql: Sql) => sql`
  counted as (
    select pool.account, pool.asset, pool.quantity, pool.gross_gain, pool.realized_income, pool.fees_paid, pool.deposits,
           pool.withdrawals, pool.book_value, pool.unvalued_quantity, pool.estimated_sold, pool.unvalued_moved, pool.missing
      from pool
    union all
    -- An asset whose events were all replaced has counted nothing.
    select gone.account, gone.asset, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      from exchange_sync.pools gone join lease using (account)
     where not exists (select from pool where pool.asset = gone.asset)
  ),
  saved_pool_history as (
    insert into exchange_sync.pool_history (
      account, asset, since, quantity, gross_gain, realized_income, fees_paid, deposits, withdrawals, book_value,
      unvalued_quantity, estimated_sold, unvalued_moved, missing)
    select c.account, c.asset, lease.at, c.quantity, c.gross_gain, c.realized_income,
           c.fees_paid, c.deposits, c.withdrawals, c.book_value, c.unvalued_quantity, c.estimated_sold, c.unvalued_moved,
           c.missing
      from lease cross join counted c
      left join lateral (
        select * from exchange_sync.pool_history h
         where h.account = c.account and h.asset = c.asset order by h.since desc limit 1) as last on true
     where (last.quantity, last.gross_gain, last.realized_income, last.fees_paid, last.deposits, last.withdrawals,
            last.book_value, last.unvalued_quantity, last.estimated_sold, last.unvalued_moved, last.missing)
           is distinct from (c.quantity, c.gross_gain, c.realized_income, c.fees_paid, c.deposits, c.withdrawals,
            c.book_value, c.unvalued_quantity, c.estimated_sold, c.unvalued_moved, c.missing)
    on conflict (account, asset, since) do update
       set quantity = excluded.quantity, gross_gain = excluded.gross_gain, realized_income = excluded.realized_income,
           fees_paid = excluded.fees_paid, deposits = excluded.deposits, withdrawals = excluded.withdrawals,
           book_value = excluded.book_value, unvalued_quantity = excluded.unvalued_quantity,
           estimated_sold = excluded.estimated_sold, unvalued_moved = excluded.unvalued_moved, missing = excluded.missing
  )`;

/** The assets of an account at one of its snapshots: those held, and those that anything was ever counted of. */
export async function fetchAssetMoments(
  sql: Sql,
  account: AccountId,
  { runId, time }: { readonly runId: string; readonly time: number },
): Promise<ReadonlyMap<string, AssetMoment>> {
  const rows = await sql<MomentRow[]>`
    select asset, item.quantity as held, item.price, moved, gross_gain, realized_income, fees_paid, deposits, withdrawals, book_value,
           unvalued_quantity, estimated_sold, unvalued_moved
      from (select * from exchange_sync.snapshot_items where account = ${account} and run_id = ${runId}) as item
      full join (
        select distinct on (asset) asset, quantity - missing as moved, gross_gain, realized_income, fees_paid, deposits,
               withdrawals, book_value, unvalued_quantity, estimated_sold, unvalued_moved
          from exchange_sync.pool_history
         where account = ${account} and since <= ${isoTime(time)} order by asset, since desc) as counted using (asset)`;
  return new Map(rows.map((row) => [row.asset, assetMoment(row)]));
}

interface MomentRow {
  readonly asset: string;
  readonly held: string | null;
  readonly price: string | null;
  readonly moved: string | null;
  readonly gross_gain: string | null;
  readonly realized_income: string | null;
  readonly fees_paid: string | null;
  readonly deposits: string | null;
  readonly withdrawals: string | null;
  readonly book_value: string | null;
  readonly unvalued_quantity: string | null;
  readonly estimated_sold: string | null;
  readonly unvalued_moved: string | null;
}

const assetMoment = (row: MomentRow): AssetMoment => ({
  quantity: amountOf(row.held),
  price: row.price === null ? undefined : parseDecimal(row.price),
  counts: countsOf(row),
});

const countsOf = (row: MomentRow): Counts => ({
  moved: amountOf(row.moved),
  grossGain: amountOf(row.gross_gain),
  income: amountOf(row.realized_income),
  feesPaid: amountOf(row.fees_paid),
  deposits: amountOf(row.deposits),
  withdrawals: amountOf(row.withdrawals),
  book: amountOf(row.book_value),
  unvaluedQuantity: amountOf(row.unvalued_quantity),
  unvaluedMoved: amountOf(row.unvalued_moved),
  estimatedSold: amountOf(row.estimated_sold),
});

/** What is not held has no balance, and what never moved has counted nothing. */
const amountOf = (text: string | null) => (text === null ? ZERO : parseDecimal(text));
