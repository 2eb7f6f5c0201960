import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import type { AccountReport } from '../models/sync-report.js';
import type { Log } from '../models/log.js';
import { type AccountCommit, fetchRunCommitted, saveAccount } from '../repository/account-commit.js';
import { fetchAccountState } from './account-state.js';
import { openCache } from './cache.js';
import { readHistory } from './read-history.js';
import { readHoldings } from './read-holdings.js';
import { reportOf } from './account-report.js';
import { leaseLost, type SyncContext } from './sync-context.js';
import { valueHistory } from './value-history.js';
import { withLease } from './with-lease.js';

/** One account from the exchange to its commit; throws ExpectedError where it could not be brought in step. */
export async function syncAccount(context: SyncContext, account: Account): Promise<AccountReport> {
  if (context.dryRun) return await syncLeased(context, account);
  return await withLease(context, account.id, () => syncLeased(context, account));
}

async function syncLeased(context: SyncContext, account: Account): Promise<AccountReport> {
  const startedAt = Date.now();
  const stored = await fetchAccountState(context.database, account.id);
  const cache = openCache(stored.cache, startedAt);
  const { signal, deadline } = context;
  const log: Log = (level, message) => {
    context.log(level, `${account.id}: ${message}`, { account: account.id });
  };
  const client = await context.createClient(account, { cache, signal, deadline, log });

  const history = await readHistory(context, account.id, client, stored);
  const reading = await readHoldings(context, client, stored, history);
  const valued = await valueHistory(context, client, cache, stored, history, reading);
  signal.throwIfAborted();

  const partial = reading.unreadable.map(({ wallet, reason }) => `${wallet} was not readable: ${reason}`);
  const commit: AccountCommit = {
    account: account.id,
    runId: context.runId,
    startedAt,
    endedAt: Date.now(),
    wallets: reading.wallets,
    holdings: valued.holdings,
    trades: history.pending.trades,
    transfers: history.pending.transfers,
    cursors: history.pending.cursors,
    pools: [...valued.replay.pools.values()],
    eventPrices: valued.newPrices,
    missing: valued.replay.missing,
    success: partial.length === 0,
    ...(partial.length > 0 ? { errorMessage: context.redact(partial.join('; ')) } : {}),
  };
  if (!context.dryRun) {
    await save(context, commit);
    await cache.store(context.database, account.id);
  }
  const { dryRun } = context;
  return reportOf({ account: account.id, client, startedAt, history, reading, valued, dryRun });
}

/** A lost answer to the commit does not say whether it happened: the run's id in the database does. */
async function save(context: SyncContext, commit: AccountCommit): Promise<void> {
  const outcome = await context.database
    .run((sql) => saveAccount(sql, commit))
    .catch(async (error: unknown) => {
      if (!(error instanceof ExpectedError) || error.kind !== 'database') throw error;
      const landed = await context.database
        .run((sql) => fetchRunCommitted(sql, commit.account, commit.runId))
        .catch(() => false);
      if (!landed) throw error;
      return 'committed' as const;
    });
  if (outcome === 'lease-lost') throw leaseLost(commit.account);
}
