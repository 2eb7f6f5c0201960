import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import { type Holding, NO_PRICE } from '../models/holdings.js';
import { totalRows, totalsOf, unreadRows } from './account-totals.js';
import type { AccountPortfolio, WalletAge } from '../models/portfolio.js';
import { ofThePast } from './runs.js';
import { syncedAccounts, triedAccounts } from './snapshots.js';
import { boundedColumn } from './texts.js';
import { epochMs } from './times.js';

/** A part of a statement that is still to be sent. */
type Fragment = PendingQuery<Row[]>;

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
           ${listed(sql, holdingRows(sql, account))} as holdings,
           ${listed(sql, walletRows(sql, account))} as wallets,
           ${listed(sql, runRows(sql, account))} as runs,
           ${listed(sql, lastPriceRows(sql, account))} as last_prices,
           ${listed(sql, estimateRows(sql, account))} as estimates,
           ${listed(sql, differenceRows(sql, account))} as differences,
           ${listed(sql, totalRows(sql, account))} as totals,
           ${listed(sql, unreadRows(sql, account))} as unread,
           ${listed(sql, gapRows(sql, account))} as gaps,
           case when stored then (
             select coalesce(sum(realized_trade + realized_fee + realized_income + realized_transfer_fee), 0)
               from exchange_sync.pools where account = ${account}) end as realized,
           (select coalesce(json_agg(distinct asset order by asset), '[]')
              from exchange_sync.missing_acquisitions where account = ${account}) as missing
      from asked order by account`;
  return rows.map(portfolioOf);
}

/** The rows of a query as one value; amounts are text in them, as JSON's numbers are read as floats. */
const listed = (sql: Sql, query: Fragment): Fragment =>
  sql`(select coalesce(json_agg(found), '[]') from (${query}) as found)`;

interface PortfolioRow {
  readonly account: string;
  readonly holdings: readonly HoldingRow[];
  readonly wallets: readonly WalletRow[];
  readonly runs: readonly RunRow[];
  readonly last_prices: readonly { readonly asset: string; readonly price: string; readonly time: number }[];
  readonly estimates: readonly { readonly asset: string; readonly estimated: string }[];
  readonly differences: readonly {
    readonly asset: string;
    readonly amount: string;
    readonly since: number | null;
  }[];
  readonly totals: Parameters<typeof totalsOf>[0];
  readonly unread: Parameters<typeof totalsOf>[1];
  readonly gaps: AccountPortfolio['gaps'];
  readonly realized: string | null;
  readonly missing: readonly string[];
}

const portfolioOf = (row: PortfolioRow): AccountPortfolio => ({
  account: row.account,
  ...lastRuns(row.runs[0]),
  wallets: row.wallets.map(walletOf),
  holdings: row.holdings.map(holdingOf),
  lastPrices: new Map(
    row.last_prices.map(({ asset, price, time }) => [asset, { price: parseDecimal(price), time }]),
  ),
  estimated: new Map(row.estimates.map(({ asset, estimated }) => [asset, parseDecimal(estimated)])),
  realized: row.realized === null ? undefined : parseDecimal(row.realized),
  missingAcquisitions: row.missing,
  totals: totalsOf(row.totals, row.unread),
  gaps: row.gaps,
  hasKey: undefined,
  differences: row.differences.map(({ asset, amount, since }) => ({
    asset,
    amount: parseDecimal(amount),
    since: since ?? undefined,
  })),
});

/** What is held of each asset, by name. */
export const fetchHoldings = async (sql: Sql, account: AccountId): Promise<Holding[]> =>
  (await sql<HoldingRow[]>`${holdingRows(sql, sql`${account}`)}`).map(holdingOf);

/** When each wallet was last read, by name. */
export const fetchWallets = async (sql: Sql, account: AccountId): Promise<WalletAge[]> =>
  (await sql<WalletRow[]>`${walletRows(sql, sql`${account}`)}`).map(walletOf);

interface HoldingRow {
  readonly asset: string;
  readonly quantity: string;
  readonly price: string | null;
  readonly price_route: readonly string[] | null;
  readonly priced_at: number | null;
  readonly known_quantity: string;
  readonly cost: string;
  readonly average_entry: string | null;
}

const holdingRows = (sql: Sql, account: Fragment): Fragment => sql`
  select asset, quantity::text, price::text, to_json(price_route) as price_route, ${epochMs(sql, sql`priced_at`)} as priced_at,
         known_quantity::text, cost::text, average_entry::text
    from exchange_sync.holdings where account = ${account} order by asset`;

const holdingOf = (row: HoldingRow): Holding => ({
  asset: row.asset,
  quantity: parseDecimal(row.quantity),
  price:
    row.price !== null && row.priced_at !== null
      ? { known: true, price: parseDecimal(row.price), route: row.price_route ?? [], pricedAt: row.priced_at }
      : NO_PRICE,
  cost: {
    knownQuantity: parseDecimal(row.known_quantity),
    cost: parseDecimal(row.cost),
    averageEntry: row.average_entry === null ? undefined : parseDecimal(row.average_entry),
  },
});

interface WalletRow {
  readonly wallet: string;
  readonly read_at: number | null;
  readonly failure: string | null;
}

const walletRows = (sql: Sql, account: Fragment): Fragment => sql`
  select wallet, ${epochMs(sql, sql`read_at`)} as read_at, ${boundedColumn(sql, sql`failure`)} as failure
    from exchange_sync.wallets where account = ${account} order by wallet`;

const walletOf = ({ wallet, read_at, failure }: WalletRow): WalletAge => ({
  wallet,
  readAt: read_at ?? undefined,
  failure: failure ?? undefined,
});

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

/** The newest price of each asset that is held and has none now, of the time since it is held. */
const lastPriceRows = (sql: Sql, account: Fragment): Fragment => sql`
  select asset, last_price::text as price, ${epochMs(sql, sql`last_priced_at`)} as time
    from exchange_sync.holdings where account = ${account} and price is null and last_price is not null`;

const estimateRows = (sql: Sql, account: Fragment): Fragment => sql`
  select asset, least(held.quantity, pool.estimated_quantity)::text as estimated
    from exchange_sync.pools pool join exchange_sync.holdings held using (account, asset)
   where account = ${account} and pool.estimated_quantity > 0 and held.quantity > 0 order by asset`;

const differenceRows = (sql: Sql, account: Fragment): Fragment => sql`
  select asset, amount::text, ${epochMs(sql, sql`since`)} as since
    from exchange_sync.differences where account = ${account} order by asset`;

const gapRows = (sql: Sql, account: Fragment): Fragment => sql`
  select part, status, left(reason, 1000) as reason, ${epochMs(sql, sql`since`)} as since
    from exchange_sync.coverage where account = ${account} and affects order by part`;
