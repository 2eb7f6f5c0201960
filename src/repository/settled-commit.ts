import type { Sql } from '../database/with-database.js';
import { savedHoldings, savedPortfolioItems } from './account-commit.js';
import { type AccountCommit, settledRows } from './account-rows.js';
import { savedBooks, savedFindings } from './books-commit.js';
import { type CommitOutcome, leasedInput, outcomeOf, savedEvents } from './history-page.js';

export type SettledCommit = Pick<AccountCommit, 'account' | 'runId' | 'endedAt' | 'holdings' | 'books'>;

/**
 * The books of an account whose sync this run has stored, kept anew for what the other accounts said since,
 * with all that follows from them; in one statement, nothing where the lease is lost.
 */
export async function saveSettled(sql: Sql, commit: SettledCommit): Promise<CommitOutcome> {
  const rows = await sql<{ leases: string }[]>`
    with ${leasedInput(sql, commit, settledRows(commit))},
    ${savedEvents(sql)},
    ${savedHoldings(sql)},
    ${savedPortfolioItems(sql)},
    ${savedBooks(sql, commit.books)},
    ${savedFindings(sql, commit.books)},
    settled_snapshot_items as (
      update exchange_sync.snapshot_items item set known_quantity = held.known_quantity, cost = held.cost
        from lease, held
       where item.account = lease.account and item.run_id = lease.run_id and item.asset = held.asset
    )
    select count(*) as leases from lease`;
  return outcomeOf(rows);
}
