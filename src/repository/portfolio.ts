import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import { type Holding, NO_PRICE } from '../models/holdings.js';
import type { AccountPortfolio, WalletAge } from '../models/portfolio.js';
import { fetchLastPrices } from './snapshots.js';
import { msOf, msOrNone } from './times.js';

/** Everything that is stored of the accounts named, or of all that were ever synced, by name. */
export async function fetchPortfolio(sql: Sql, accounts?: readonly AccountId[]): Promise<AccountPortfolio[]> {
  const known = (await fetchAccounts(sql)).filter((id) => !accounts || accounts.includes(id));
  const portfolio: AccountPortfolio[] = [];
  for (const account of known) portfolio.push(await fetchAccount(sql, account));
  return portfolio;
}

/** From one account to the next by the index: `distinct` would read every snapshot there is. */
async function fetchAccounts(sql: Sql): Promise<AccountId[]> {
  const rows = await sql<{ account: string }[]>`
    with recursive found as (
      (select account from exchange_sync.snapshots order by account limit 1)
      union all
      select next.account from found, lateral (
        select account from exchange_sync.snapshots where account > found.account order by account limit 1) as next)
    select account from found`;
  return rows.map(({ account }) => account);
}

async function fetchAccount(sql: Sql, account: AccountId): Promise<AccountPortfolio> {
  const holdings = await fetchHoldings(sql, account);
  const unpriced = holdings.some(({ price }) => !price.known);
  return {
    account,
    ...(await fetchRuns(sql, account)),
    wallets: await fetchWallets(sql, account),
    holdings,
    lastPrices: unpriced ? await fetchLastPrices(sql, account) : new Map(),
    ...(await fetchAccounting(sql, account)),
  };
}

/** What is held of each asset, by name. */
export async function fetchHoldings(sql: Sql, account: AccountId): Promise<Holding[]> {
  const rows = await sql<HoldingRow[]>`
    select asset, quantity, price, to_jsonb(price_route) as price_route, priced_at, known_quantity, cost, average_entry
      from exchange_sync.holdings where account = ${account} order by asset`;
  return rows.map((row) => ({
    asset: row.asset,
    quantity: parseDecimal(row.quantity),
    price:
      row.price !== null && row.priced_at !== null
        ? {
            known: true,
            price: parseDecimal(row.price),
            route: row.price_route ?? [],
            pricedAt: msOf(row.priced_at),
          }
        : NO_PRICE,
    cost: {
      knownQuantity: parseDecimal(row.known_quantity),
      cost: parseDecimal(row.cost),
      averageEntry: row.average_entry === null ? undefined : parseDecimal(row.average_entry),
    },
  }));
}

interface HoldingRow {
  readonly asset: string;
  readonly quantity: string;
  readonly price: string | null;
  readonly price_route: string[] | null;
  readonly priced_at: Date | null;
  readonly known_quantity: string;
  readonly cost: string;
  readonly average_entry: string | null;
}

/** When each wallet was last read, by name. */
export async function fetchWallets(sql: Sql, account: AccountId): Promise<WalletAge[]> {
  const rows = await sql<{ wallet: string; read_at: Date | null; failure: string | null }[]>`
    select wallet, read_at, failure from exchange_sync.wallets where account = ${account} order by wallet`;
  return rows.map(({ wallet, read_at, failure }) => ({
    wallet,
    readAt: msOrNone(read_at),
    failure: failure ?? undefined,
  }));
}

/** The end of the last good run, and the newest run where that one failed. */
async function fetchRuns(sql: Sql, account: AccountId) {
  const [row] = await sql<RunRow[]>`
    select (select max(end_time) at time zone 'UTC' from public.sync_history
             where exchange_id = ${account} and success) as last_success,
           newest.success, newest.end_time at time zone 'UTC' as end_time, newest.error_message
      from (select success, end_time, error_message from public.sync_history
             where exchange_id = ${account} order by id desc limit 1) as newest`;
  const failed = row?.success === false && row.end_time !== null;
  return {
    lastSuccess: row ? msOrNone(row.last_success) : undefined,
    lastFailure: failed ? { time: msOf(row.end_time), message: row.error_message ?? '' } : undefined,
  };
}

interface RunRow {
  readonly last_success: Date | null;
  readonly success: boolean | null;
  readonly end_time: Date | null;
  readonly error_message: string | null;
}

async function fetchAccounting(sql: Sql, account: AccountId) {
  const [sums] = await sql<{ realized: string }[]>`
    select coalesce(sum(realized_trade + realized_fee + realized_income + realized_transfer_fee), 0) as realized
      from exchange_sync.pools where account = ${account}`;
  const gaps = await sql<{ asset: string }[]>`
    select distinct asset from exchange_sync.missing_acquisitions where account = ${account} order by asset`;
  const estimates = await sql<{ asset: string; estimated: string }[]>`
    select asset, least(h.quantity, p.estimated_quantity) as estimated
      from exchange_sync.pools p join exchange_sync.holdings h using (account, asset)
     where account = ${account} and p.estimated_quantity > 0 and h.quantity > 0 order by asset`;
  return {
    estimated: new Map(estimates.map(({ asset, estimated }) => [asset, parseDecimal(estimated)])),
    realized: sums && parseDecimal(sums.realized),
    missingAcquisitions: gaps.map(({ asset }) => asset),
  };
}
