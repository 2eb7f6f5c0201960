import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type AccountCommit, accountRows } from './account-rows.js';
import { savedLedger, savedFindings } from './ledger-commit.js';
import { savedTotals } from './account-totals.js';
import { savedCoverage } from './coverage.js';
import { savedDifferences } from './differences.js';
import { savedPoolHistory } from './pool-history.js';
import { type CommitOutcome, leasedInput, outcomeOf, savedEvents } from './history-page.js';
import { thinnedSnapshots } from './retention.js';
import { savedRun } from './runs.js';

export type { AccountCommit } from './account-rows.js';

/** One account's whole sync in one statement, which cannot be half done; nothing where the lease is lost. */
export async function saveAccount(sql: Sql, commit: AccountCommit): Promise<CommitOutcome> {
  const rows = await sql<{ leases: string }[]>`
    with ${leasedInput(sql, commit, accountRows(commit))},
    ${savedEvents(sql)},
    ${savedHoldings(sql)},
    ${savedPortfolioItems(sql)},
    ${savedRun(sql)},
    ${savedWallets(sql)},
    ${savedCoverage(sql)},
    ${savedLedger(sql, commit.ledger)},
    ${savedPoolHistory(sql)},
    ${savedFindings(sql, commit.ledger)},
    ${savedDifferences(sql)},
    ${savedTotals(sql)},
    ${savedSnapshot(sql)},
    ${thinnedSnapshots(sql)},
    ${savedMemory(sql)}
    select count(*) as leases from lease`;
  return outcomeOf(rows);
}

/** Whether the run's commit happened, when its answer was lost. */
export async function fetchRunCommitted(sql: Sql, account: AccountId, runId: string): Promise<boolean> {
  const rows =
    await sql`select from exchange_sync.snapshots where account = ${account} and run_id = ${runId}`;
  return rows.length > 0;
}

export const savedHoldings = (sql: Sql) => sql`
  held as (
    select lease.account, asset, quantity, price, price_route, priced_at + lease.clock_lag as priced_at, known_quantity, cost,
           average_entry, lease.at as updated_at
      from lease, jsonb_to_recordset(lease.doc -> 'holdings') as holding(
        asset text, quantity numeric, price numeric, price_route text[], priced_at timestamptz,
        known_quantity numeric, cost numeric, average_entry numeric)
  ),
  saved_holdings as (
    insert into exchange_sync.holdings as known (
      account, asset, quantity, price, price_route, priced_at, known_quantity, cost, average_entry, updated_at,
      last_price, last_priced_at)
    select account, asset, quantity, price, price_route, priced_at, known_quantity, cost, average_entry, updated_at,
           price, case when price is not null then updated_at end
      from held
    on conflict (account, asset) do update
       set quantity = excluded.quantity, price = excluded.price, price_route = excluded.price_route,
           priced_at = excluded.priced_at, known_quantity = excluded.known_quantity, cost = excluded.cost,
           average_entry = excluded.average_entry, updated_at = excluded.updated_at,
           last_price = coalesce(excluded.last_price, known.last_price),
           last_priced_at = coalesce(excluded.last_priced_at, known.last_priced_at)
  ),
  vanished_holdings as (
    delete from exchange_sync.holdings h using lease
     where h.account = lease.account and not exists (select from held where held.asset = h.asset)
  )`;

/** The twin of `holdings` that AlphaPulse's readers know; its times are UTC without a zone. */
export const savedPortfolioItems = (sql: Sql) => sql`
  saved_items as (
    insert into public.portfolio_items (
      exchange_id, asset, quantity, current_price, avg_entry_price, created_at, updated_at)
    select account, asset, quantity, price, average_entry, updated_at at time zone 'UTC', updated_at at time zone 'UTC'
      from held
    on conflict (exchange_id, asset) do update
       set quantity = excluded.quantity, current_price = excluded.current_price,
           avg_entry_price = excluded.avg_entry_price, updated_at = excluded.updated_at
  ),
  vanished_items as (
    delete from public.portfolio_items p using lease
     where p.exchange_id = lease.account and not exists (select from held where held.asset = p.asset)
  )`;

/** A wallet that could not be read keeps its balances and their age, with the reason. */
const savedWallets = (sql: Sql) => sql`
  wallet as (
    select lease.account, wallet, read_at + lease.clock_lag as read_at, failure
      from lease, jsonb_to_recordset(lease.doc -> 'wallets') as reading(wallet text, read_at timestamptz, failure text)
  ),
  balance as (
    select lease.account, reading.*
      from lease, jsonb_to_recordset(lease.doc -> 'balances') as reading(
        wallet text, asset text, raw_code text, total numeric, borrowed numeric)
  ),
  saved_wallets as (
    insert into exchange_sync.wallets as known (account, wallet, read_at, failure)
    select account, wallet, read_at, failure from wallet
    on conflict (account, wallet) do update
       set read_at = coalesce(excluded.read_at, known.read_at), failure = excluded.failure
  ),
  saved_balances as (
    insert into exchange_sync.wallet_balances (account, wallet, raw_code, asset, total, borrowed)
    select account, wallet, raw_code, asset, total, borrowed from balance
    on conflict (account, wallet, raw_code) do update
       set asset = excluded.asset, total = excluded.total, borrowed = excluded.borrowed
  ),
  vanished_balances as (
    delete from exchange_sync.wallet_balances b using wallet
     where b.account = wallet.account and b.wallet = wallet.wallet and wallet.read_at is not null
       and not exists (select from balance where balance.wallet = b.wallet and balance.raw_code = b.raw_code)
  )`;

/** Every run leaves one, by which a lost answer is looked up; `complete` tells whether every wallet was read. */
const savedSnapshot = (sql: Sql) => sql`
  saved_snapshot as (
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, value, unpriced_assets, settings_hash)
    select account, run_id, at, (doc ->> 'complete')::boolean, (doc ->> 'value')::numeric,
           array(select jsonb_array_elements_text(doc -> 'unpriced')), md5(doc -> 'ledger' ->> 'settings')
      from lease
  ),
  saved_snapshot_items as (
    insert into exchange_sync.snapshot_items (account, run_id, asset, quantity, price, known_quantity, cost)
    select lease.account, lease.run_id, held.asset, held.quantity, held.price, held.known_quantity, held.cost
      from lease, held
  )`;

const savedMemory = (sql: Sql) => sql`
  saved_memory as (
    insert into exchange_sync.exchange_cache (account, kind, value, expires_at)
    select lease.account, entry.*
      from lease, jsonb_to_recordset(lease.doc -> 'remembered') as entry(kind text, value jsonb, expires_at timestamptz)
    on conflict (account, kind) do update set value = excluded.value, expires_at = excluded.expires_at
  )`;
