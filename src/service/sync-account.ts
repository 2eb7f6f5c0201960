import type { Account } from '../models/account.js';
import type { Outcome } from './account-report.js';
import { type AccountSession, withAccountSession } from './account-session.js';
import { commitOf, storeCommit } from './commit-account.js';
import { readAccount } from './read-account.js';
import { reconcileAccount } from './reconcile-account.js';
import type { SyncContext } from './sync-context.js';
import { withLease } from './with-lease.js';

/** Syncs one account from the exchange to its commit; throws ExpectedError if it cannot be brought up to date. */
export async function syncAccount(context: SyncContext, account: Account): Promise<Outcome> {
  const sync = () => withAccountSession(context, account, syncSession);
  return context.dryRun ? await sync() : await withLease(context, account.id, sync);
}

async function syncSession(session: AccountSession): Promise<Outcome> {
  const reading = await readAccount(session);
  const reconciled = await reconcileAccount(session, reading);
  const commit = commitOf(session, reading, reconciled);
  await storeCommit(session.context, commit);
  return { session, reading, reconciled, commit };
}
