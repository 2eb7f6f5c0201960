import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type AccountCommit, accountRows } from './account-rows.js';
import { savedLedger, savedFindings } from './ledger-commit.js';
import { ACCOUNT_TOTALS, UNREAD_PRODUCTS } from './account-totals.js';
import { listed } from './columns.js';
import { COVERAGE } from './coverage.js';
import { savedDifferences } from './differences.js';
import { EXCHANGE_CACHE } from './exchange-cache.js';
import { savedPoolHistory } from './pool-history.js';
import { type CommitOutcome, leasedInput, outcomeOf, savedEvents } from './history-page.js';
import { thinnedSnapshots } from './retention.js';
import { savedHoldings } from './holdings.js';
import { savedRun } from './runs.js';
import { replacedRows, savedRows } from './saved-rows.js';
import { savedWallets } from './wallets.js';

export type { AccountCommit } from './account-rows.js';

/** One account's whole sync in one statement, which cannot be half done; nothing where the lease is lost. */
export async function saveAccount(sql: Sql, commit: AccountCommit): Promise<CommitOutcome> {
  const rows = await sql<{ leases: string }[]>`
    with ${leasedInput(sql, commit, accountRows(commit))},
    ${savedEvents(sql)},
    ${savedHoldings(sql)},
    ${savedRun(sql)},
    ${savedWallets(sql)},
    ${replacedRows(sql, COVERAGE)},
    ${savedLedger(sql, commit.ledger)},
    ${savedPoolHistory(sql)},
    ${savedFindings(sql, commit.ledger)},
    ${savedDifferences(sql)},
    ${replacedRows(sql, ACCOUNT_TOTALS)},
    ${replacedRows(sql, UNREAD_PRODUCTS)},
    ${savedSnapshot(sql)},
    ${thinnedSnapshots(sql)},
    ${savedRows(sql, EXCHANGE_CACHE)}
    select count(*) as leases from lease`;
  return outcomeOf(rows);
}

/** Whether the run's commit happened, when its answer was lost. */
export async function fetchRunCommitted(sql: Sql, account: AccountId, runId: string): Promise<boolean> {
  const rows =
    await sql`select from exchange_sync.snapshots where account = ${account} and run_id = ${runId}`;
  return rows.length > 0;
}

const ITEM_COLUMNS = ['asset', 'quantity', 'price', 'known_quantity', 'cost'];

/** Every run leaves one, which resolves a commit whose answer was lost; `complete` is true if every wallet was read. */
const savedSnapshot = (sql: Sql) => sql`
  saved_snapshot as (
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, value, unpriced_assets, settings_hash)
    select account, run_id, at, (doc ->> 'complete')::boolean, (doc ->> 'value')::numeric,
           array(select jsonb_array_elements_text(doc -> 'unpriced')), md5(doc -> 'ledger' ->> 'settings')
      from lease
  ),
  saved_snapshot_items as (
    insert into exchange_sync.snapshot_items (account, run_id, ${listed(sql, ITEM_COLUMNS)})
    select lease.account, lease.run_id, ${listed(sql, ITEM_COLUMNS, 'held')}
      from lease, given_holdings held
  )`;
