import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { WalletReading } from '../models/holdings.js';
import { savedHoldings, savedPortfolioItems } from './account-commit.js';
import { type AccountCommit, settledRows } from './account-rows.js';
import { savedBooks, savedFindings } from './books-commit.js';
import { savedPoolHistory } from './pool-history.js';
import { type CommitOutcome, leasedInput, outcomeOf, savedEvents } from './history-page.js';
import { isoTime } from './times.js';

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
    ${savedPoolHistory(sql)},
    ${savedFindings(sql, commit.books)},
    settled_snapshot_items as (
      update exchange_sync.snapshot_items item set known_quantity = held.known_quantity, cost = held.cost
        from lease, held
       where item.account = lease.account and item.run_id = lease.run_id and item.asset = held.asset
    )
    select count(*) as leases from lease`;
  return outcomeOf(rows);
}

/** Whether the wallets are stored as these readings found them, and not as a run after this one did. */
export async function fetchIsStored(
  sql: Sql,
  account: AccountId,
  wallets: readonly WalletReading[],
): Promise<boolean> {
  const times = wallets.flatMap(({ wallet, ...reading }) =>
    reading.status === 'read' ? [{ wallet, read_at: isoTime(reading.readAt) }] : [],
  );
  const others = await sql`
    select from exchange_sync.wallets stored
      join jsonb_to_recordset(${sql.json(times)}) as mine(wallet text, read_at timestamptz) using (wallet)
     where stored.account = ${account} and stored.read_at is distinct from mine.read_at limit 1`;
  return others.length === 0;
}
