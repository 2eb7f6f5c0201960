import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import type { AccountPortfolio, LastPrice } from '../models/portfolio.js';
import { ACCOUNT_TOTALS, totalsOf, UNREAD_PRODUCTS } from './account-totals.js';
import type { Fragment } from './columns.js';
import { COVERAGE } from './coverage.js';
import { DIFFERENCES } from './differences.js';
import { holdingOf, HOLDINGS, type StoredHolding } from './holdings.js';
import { ofThePast } from './runs.js';
import { syncedAccounts, triedAccounts } from './snapshots.js';
import { recordsOf, selectedRows, type StoredRow } from './table.js';
import { boundedColumn } from './texts.js';
import { epochMs } from './times.js';
import { WALLETS } from './wallets.js';

/**
 * Everything that is stored of the accounts named, or of all, by name, in one statement. `expected` accounts and,
 * unless some are named, accounts with failed runs only are in the result too; their `realized` is undefined.
 */
export async function fetchPortfolio(
  sql: Sql,
  accounts?: readonly AccountId[],
  expected: readonly AccountId[] = [],
): Promise<AccountPortfolio[]> {
  const account = sql`asked.account`;
  const rows = await sql<PortfolioRow[]>`
    with recursive ${syncedAccounts(sql)}, ${triedAccounts(sql)},
    asked as (
      select account, true as stored from synced ${accounts ? sql`where account in ${sql(accounts)}` : sql``}
      union all
      select account, false from (
        select jsonb_array_elements_text(${JSON.stringify(expected)}::text::jsonb) as account
        union
        select account from tried where ${accounts === undefined}) as other
       where not exists (select from exchange_sync.snapshots s where s.account = other.account))
    select ${account},
           ${asArray(sql, selectedRows(sql, HOLDINGS, account))} as holdings,
           ${asArray(sql, selectedRows(sql, WALLETS, account))} as wallets,
           ${asArray(sql, runRows(sql, account))} as runs,
           ${asArray(sql, estimateRows(sql, account))} as estimates,
           ${asArray(sql, selectedRows(sql, DIFFERENCES, account))} as differences,
           ${asArray(sql, selectedRows(sql, ACCOUNT_TOTALS, account))} as totals,
           ${asArray(sql, selectedRows(sql, UNREAD_PRODUCTS, account))} as unread,
           ${asArray(sql, selectedRows(sql, COVERAGE, account))} as gaps,
           case when stored then (
             select coalesce(sum(realized_trade + realized_fee + realized_income + realized_transfer_fee), 0)
               from exchange_sync.pools where account = ${account}) end as realized,
           (select coalesce(json_agg(distinct asset order by asset), '[]')
              from exchange_sync.missing_acquisitions where account = ${account}) as missing
      from asked order by account`;
  return rows.map(portfolioOf);
}

/** The rows of a query as one value; amounts are text in them, as JSON's numbers are read as floats. */
const asArray = (sql: Sql, query: Fragment): Fragment =>
  sql`(select coalesce(json_agg(found), '[]') from (${query}) as found)`;

interface PortfolioRow {
  readonly account: string;
  readonly holdings: readonly StoredRow[];
  readonly wallets: readonly StoredRow[];
  readonly runs: readonly RunRow[];
  readonly estimates: readonly { readonly asset: string; readonly estimated: string }[];
  readonly differences: readonly StoredRow[];
  readonly totals: readonly StoredRow[];
  readonly unread: readonly StoredRow[];
  readonly gaps: readonly StoredRow[];
  readonly realized: string | null;
  readonly missing: readonly string[];
}

function portfolioOf(row: PortfolioRow): AccountPortfolio {
  const holdings = recordsOf(HOLDINGS, row.holdings);
  return {
    account: row.account,
    ...lastRuns(row.runs[0]),
    wallets: recordsOf(WALLETS, row.wallets),
    holdings: holdings.map(holdingOf),
    lastPrices: new Map(holdings.flatMap(lastPrice)),
    estimated: new Map(row.estimates.map(({ asset, estimated }) => [asset, parseDecimal(estimated)])),
    realized: row.realized === null ? undefined : parseDecimal(row.realized),
    missingAcquisitions: row.missing,
    totals: totalsOf(row.totals, row.unread),
    gaps: recordsOf(COVERAGE, row.gaps).flatMap(({ affects, part, status, reason, since }) =>
      affects ? [{ part, status, reason, since }] : [],
    ),
    hasKey: undefined,
    differences: recordsOf(DIFFERENCES, row.differences),
  };
}

/** The newest price of an asset that is held and has none now, of the time since it is held. */
const lastPrice = ({ asset, price, lastPrice, lastPricedAt }: StoredHolding): [string, LastPrice][] =>
  price === undefined && lastPrice !== undefined && lastPricedAt !== undefined
    ? [[asset, { price: lastPrice, time: lastPricedAt }]]
    : [];

interface RunRow {
  readonly last_success: number | null;
  readonly success: boolean | null;
  readonly end_time: number | null;
  readonly error_message: string | null;
}

/** The newest run, with the end of the last good one; no row before the first. */
const runRows = (sql: Sql, account: Fragment): Fragment => sql`
  select ${epochMs(sql, sql`(select max(ended_at) from exchange_sync.runs where account = ${account} and success and ${ofThePast(sql)})`)} as last_success,
         success, ${epochMs(sql, sql`ended_at`)} as end_time, ${boundedColumn(sql, sql`error`)} as error_message
    from exchange_sync.runs where account = ${account} and ${ofThePast(sql)} order by ended_at desc limit 1`;

const lastRuns = (row?: RunRow): Pick<AccountPortfolio, 'lastSuccess' | 'lastFailure'> => ({
  lastSuccess: row?.last_success ?? undefined,
  lastFailure:
    row?.success === false && row.end_time !== null
      ? { time: row.end_time, message: row.error_message ?? '' }
      : undefined,
});

const estimateRows = (sql: Sql, account: Fragment): Fragment => sql`
  select asset, least(held.quantity, pool.estimated_quantity)::text as estimated
    from exchange_sync.pools pool join exchange_sync.holdings held using (account, asset)
   where account = ${account} and pool.estimated_quantity > 0 and held.quantity > 0 order by asset`;
