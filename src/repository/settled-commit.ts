import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type AccountCommit, settledRows } from './account-rows.js';
import { savedLedger, savedFindings } from './ledger-commit.js';
import { savedHoldings } from './holdings.js';
import { savedPoolHistory } from './pool-history.js';
import { type CommitOutcome, leasedInput, outcomeOf, savedEvents } from './history-page.js';

export type SettledCommit = Pick<AccountCommit, 'account' | 'runId' | 'endedAt' | 'holdings' | 'ledger'>;

/**
 * The ledger of an account whose sync this run has stored, updated with what the other accounts stored since,
 * with all that follows from it; in one statement, which does nothing if the lease is lost.
 */
export async function saveSettled(sql: Sql, commit: SettledCommit): Promise<CommitOutcome> {
  const rows = await sql<{ leases: string }[]>`
    with ${leasedInput(sql, commit, settledRows(commit), takenAt(sql, commit))},
    ${savedEvents(sql)},
    ${savedHoldings(sql)},
    ${savedLedger(sql, commit.ledger)},
    ${savedPoolHistory(sql)},
    ${savedFindings(sql, commit.ledger)},
    settled_snapshot_items as (
      update exchange_sync.snapshot_items item set known_quantity = held.known_quantity, cost = held.cost
        from lease, given_holdings held
       where item.account = lease.account and item.run_id = lease.run_id and item.asset = held.asset
    )
    select count(*) as leases from lease`;
  return outcomeOf(rows);
}

/** The time of the snapshot to which the ledger belongs. */
const takenAt = (sql: Sql, { account, runId }: SettledCommit) => sql`
  (select taken_at from exchange_sync.snapshots where account = ${account} and run_id = ${runId}::uuid)`;

/**
 * Whether the newest snapshot of the account is that of this run, and not of one after it. A snapshot that is
 * dated in the future is of a clock that was set back since.
 */
export async function fetchIsNewest(sql: Sql, account: AccountId, runId: string): Promise<boolean> {
  const [newest] = await sql<{ run_id: string }[]>`
    select run_id from exchange_sync.snapshots where account = ${account} and taken_at <= now() order by taken_at desc limit 1`;
  return newest?.run_id === runId;
}
