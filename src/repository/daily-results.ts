import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import type { AssetResult, DayWindow } from '../models/results.js';

/** The sums of each asset of an account over whole UTC days, by name. */
export async function fetchResults(
  sql: Sql,
  account: AccountId,
  { from, to }: DayWindow,
): Promise<AssetResult[]> {
  const rows = await sql<ResultRow[]>`
    select asset, sum(realized_trade) as sales, sum(realized_fee) as fees_in_kind, sum(realized_transfer_fee) as transfer_fees,
           sum(realized_income) as income, sum(unmatched_proceeds) as unmatched_proceeds, sum(fees_paid) as fees_paid,
           sum(deposits) as deposits, sum(withdrawals) as withdrawals,
           sum(coalesce(unvalued_moved, abs(unvalued_quantity))) as unvalued,
           coalesce(bool_or(estimated_sold <> 0), false) as estimated, bool_or(estimated_sold is null) as estimate_open,
           coalesce(sum(missing), 0) as missing
      from exchange_sync.daily_results
     where account = ${account} and day >= ${from ?? '-infinity'}::text::date and day <= ${to}::text::date
     group by asset order by asset`;
  return rows.map(resultOf);
}

/** The first UTC day on which anything was counted of an account; undefined if nothing was. */
export async function fetchFirstDay(sql: Sql, account: AccountId): Promise<string | undefined> {
  const [row] = await sql<{ first: string | null }[]>`
    select min(day)::text as first from exchange_sync.daily_results where account = ${account}`;
  return row?.first ?? undefined;
}

interface ResultRow {
  readonly asset: string;
  readonly sales: string;
  readonly fees_in_kind: string;
  readonly transfer_fees: string;
  readonly income: string;
  readonly unmatched_proceeds: string;
  readonly fees_paid: string;
  readonly deposits: string;
  readonly withdrawals: string;
  readonly unvalued: string;
  readonly estimated: boolean;
  readonly estimate_open: boolean;
  readonly missing: string;
}

const resultOf = (row: ResultRow): AssetResult => ({
  asset: row.asset,
  sums: {
    sales: parseDecimal(row.sales),
    feesInKind: parseDecimal(row.fees_in_kind),
    transferFees: parseDecimal(row.transfer_fees),
    income: parseDecimal(row.income),
    unmatchedProceeds: parseDecimal(row.unmatched_proceeds),
    feesPaid: parseDecimal(row.fees_paid),
    deposits: parseDecimal(row.deposits),
    withdrawals: parseDecimal(row.withdrawals),
  },
  unvalued: parseDecimal(row.unvalued),
  // One day that is known to rest on an estimate is enough.
  estimated: row.estimated || (row.estimate_open ? undefined : false),
  missing: parseDecimal(row.missing),
});
