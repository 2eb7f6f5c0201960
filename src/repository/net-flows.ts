import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type Decimal, parseDecimal } from '../models/decimal.js';

/** Two snapshots of an account, by their runs. */
export interface FlowSpan {
  readonly account: AccountId;
  readonly from: string;
  readonly to: string;
}

/**
 * Deposits less withdrawals between two snapshots of each account, in the reporting currency at the market of
 * their time, in the order of `spans`; assets that the later snapshot has no price for are excluded, as they
 * are from its value. Undefined where coins moved at a time without a known price, or where the two were
 * counted under different settings.
 */
export async function fetchNetFlows(
  sql: Sql,
  spans: readonly FlowSpan[],
): Promise<readonly (Decimal | undefined)[]> {
  const rows = await sql<{ net: string | null }[]>`
    select case when earlier.settings_hash = later.settings_hash and not coalesce(flow.unvalued, false)
                then coalesce(flow.net, 0) end as net
      from jsonb_array_elements(${JSON.stringify(spans)}::text::jsonb) with ordinality as asked (span, position)
      join exchange_sync.snapshots earlier
        on (earlier.account, earlier.run_id) = (span ->> 'account', (span ->> 'from')::uuid)
      join exchange_sync.snapshots later
        on (later.account, later.run_id) = (span ->> 'account', (span ->> 'to')::uuid)
      cross join lateral (
        select sum(last.net - coalesce(first.net, 0)) as net,
               bool_or(last.unvalued_moved <> coalesce(first.unvalued_moved, 0)) as unvalued
          from exchange_sync.pools pool
          cross join lateral (
            select deposits - withdrawals as net, unvalued_moved from exchange_sync.pool_history h
             where h.account = pool.account and h.asset = pool.asset and h.since <= later.taken_at
             order by h.since desc limit 1) as last
          left join lateral (
            select deposits - withdrawals as net, unvalued_moved from exchange_sync.pool_history h
             where h.account = pool.account and h.asset = pool.asset and h.since <= earlier.taken_at
             order by h.since desc limit 1) as first on true
         where pool.account = later.account and pool.asset <> all (later.unpriced_assets)
      ) as flow
     order by position`;
  return rows.map(({ net }) => (net === null ? undefined : parseDecimal(net)));
}
