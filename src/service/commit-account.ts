import { ExpectedError } from '../errors.js';
import { partName } from '../models/coverage.js';
import { type AccountCommit, fetchRunCommitted, saveAccount } from '../repository/account-commit.js';
import type { AccountSession } from './account-session.js';
import { type OpenCache, openCache } from './cache.js';
import { balancesOf, unexplainedIn } from './differences.js';
import { rememberTradingKey } from './key-rights.js';
import { askedFromTheBeginning, keepQuestions } from './open-questions.js';
import type { AccountReading } from './read-account.js';
import type { ReconciledAccount } from './reconcile-account.js';
import { keepRates } from './stored-rates.js';
import { isLookBackDue, keepLookBack } from './stream-begins.js';
import { leaseLost, type SyncContext } from './sync-context.js';

/** Everything that the sync of an account stores. */
export function commitOf(
  session: AccountSession,
  reading: AccountReading,
  { pending, ledger, holdings, differences }: ReconciledAccount,
): AccountCommit {
  const { context, account, parts, startedAt } = session;
  const { wallets, unreadable } = reading.holdings;
  const { cursors, unread, resolved } = reading.history;
  const { events, removed } = pending;
  const endedAt = Date.now();
  const missing = parts.missing().filter(({ affects }) => affects);
  const errors = missing.map(({ part, reason }) => `${partName(part)} could not be read: ${reason}`);
  return {
    ...{ account: account.id, runId: context.runId, startedAt, endedAt },
    ...{ events, removed, cursors, unread, resolved },
    ...{ wallets, holdings, ledger, differences, totals: reading.totals },
    gaps: parts.gaps(endedAt),
    remembered: rememberedOf(session, reading, { ledger, holdings }, endedAt).added,
    complete: unreadable.length === 0,
    success: errors.length === 0,
    ...(errors.length > 0 ? { errorMessage: context.redact(errors.join('; ')) } : {}),
  };
}

/** What the next run must know, if this one is stored. */
function rememberedOf(
  { stored, client, key, startedAt }: AccountSession,
  { history, questions, rates }: AccountReading,
  { ledger, holdings }: Pick<ReconciledAccount, 'ledger' | 'holdings'>,
  now: number,
): OpenCache {
  const remembered = openCache(stored.cache, startedAt);
  if (rates) keepRates(remembered, rates);
  // Coins held before the first sync may come from before the readable history.
  if (stored.holdings.length > 0) {
    const read = [...stored.cursors, ...history.cursors].map(({ stream }) => stream);
    const isAsked = client.explaining.every((stream) => read.includes(stream));
    const unexplained = isAsked ? [] : unexplainedIn(balancesOf(holdings, ledger.pools));
    keepQuestions(remembered, askedFromTheBeginning(questions, unexplained, now), now);
  }
  if (isLookBackDue(stored.cache, startedAt)) keepLookBack(remembered);
  rememberTradingKey(remembered, key);
  return remembered;
}

/**
 * Stores the commit; a dry run stores nothing. If the answer to the commit is lost, the run's id in the
 * database shows whether it happened.
 */
export async function storeCommit(context: SyncContext, commit: AccountCommit): Promise<void> {
  context.signal.throwIfAborted();
  if (context.dryRun) return;
  const outcome = await context.database
    .run((sql) => saveAccount(sql, commit))
    .catch(async (error: unknown) => {
      if (!(error instanceof ExpectedError) || error.kind !== 'database') throw error;
      const isStored = await context.database
        .run((sql) => fetchRunCommitted(sql, commit.account, commit.runId))
        .catch(() => false);
      if (!isStored) throw error;
      return 'committed' as const;
    });
  if (outcome === 'lease-lost') throw leaseLost(commit.account);
}
