import { ExpectedError } from '../errors.js';
import { type AccountId, hostOf } from '../models/account.js';
import type { StoredReport } from '../models/sync-report.js';
import { fetchCache } from '../repository/exchange-cache.js';
import { fetchIsNewest, saveSettled } from '../repository/settled-commit.js';
import { fetchOwnTransfers } from '../repository/own-transfers.js';
import { unknownCostOf } from './account-report.js';
import { openClient } from './account-session.js';
import { openCache, storeCache } from './cache.js';
import { failureOf } from './failure.js';
import { updateLedger, type UpdatedLedger } from './update-ledger.js';
import { NOTHING_PENDING } from './pending-events.js';
import { PriceBook } from './price-book.js';
import { holdingsOf } from './read-holdings.js';
import { type ResolvedTransfers, resolveTransfers } from './resolve-transfers.js';
import type { StoredSync } from './stored-sync.js';
import { leaseLost, type SyncContext } from './sync-context.js';
import { withLease } from './with-lease.js';

/**
 * Updates the ledgers of a run's accounts with one another's transfers: the account that was synced first could
 * not know the records of the others. Coins that moved on from account to account take a round for each step;
 * they always leave before they arrive, so the rounds end. A failure is reported for its account, which stays as
 * it was stored.
 */
export async function settleAccounts(
  context: SyncContext,
  synced: readonly StoredSync[],
): Promise<readonly StoredReport[]> {
  const reports = new Map(synced.map(({ report }) => [report.account, report]));
  if (context.dryRun || synced.length < 2 || !synced.some(({ affectsOthers }) => affectsOthers))
    return [...reports.values()];
  for (let moved = true; moved;) {
    moved = false;
    for (const { account, ...rest } of synced) {
      const before = reports.get(account.id) ?? rest.report;
      const after = await contained(context, { account, ...rest, report: before });
      reports.set(account.id, after.report);
      moved ||= after.moved;
    }
  }
  return [...reports.values()];
}

interface Settled {
  readonly report: StoredReport;
  /** Whether the ledger of the account changed, so that those of others may change too. */
  readonly moved: boolean;
}

async function contained(context: SyncContext, sync: StoredSync): Promise<Settled> {
  const { report } = sync;
  if (report.unsettled !== undefined) return { report, moved: false };
  const { account } = report;
  try {
    context.signal.throwIfAborted();
    const { affectedFrom, ambiguous } = await look(context, account);
    if (affectedFrom === undefined) return { report: { ...report, ambiguous }, moved: false };
    return await withLease(context, account, () => settled(context, sync));
  } catch (error) {
    const { message, kind } = failureOf(context, error);
    context.log('error', `${account}: transfers between accounts were not settled: ${message}`, {
      account,
      kind,
    });
    return { report: { ...report, outcome: 'partial', unsettled: message }, moved: false };
  }
}

/** Matches the transfers of all accounts as they are stored now. */
async function look({ database, accounting }: SyncContext, account: AccountId): Promise<ResolvedTransfers> {
  const own = await database.run((sql) => fetchOwnTransfers(sql, account));
  return resolveTransfers(accounting, account, own, NOTHING_PENDING);
}

async function settled(context: SyncContext, sync: StoredSync): Promise<Settled> {
  const { account, quantities, prices, endedAt, report } = sync;
  const { id } = account;
  if (!(await context.database.run((sql) => fetchIsNewest(sql, id, context.runId)))) {
    context.log('info', `${id}: another run has synced it since; the next one settles its transfers`);
    return { report, moved: false };
  }
  const stored = await context.database.run((sql) => fetchCache(sql, id));
  const cache = openCache(stored, Date.now());
  // Few settlements need past prices; the client of the sync is gone.
  const hostCache = context.hostCaches(hostOf(account), new Map());
  const client = await openClient(context, account, hostCache);
  const pastPrices = new PriceBook(context, id, client, cache, { marketOpened: false });
  const ledger = await updateLedger(context, id, pastPrices, NOTHING_PENDING);
  const pools = new Map(ledger.pools.map((pool) => [pool.asset, pool]));
  const holdings = holdingsOf(quantities, prices, pools, context.accounting);
  context.signal.throwIfAborted();
  await save(context, { account: id, runId: context.runId, endedAt, holdings, ledger });
  await storeCache(context, id, cache);
  context.log('info', `${id}: transfers between accounts are settled`);
  return {
    moved: true,
    report: {
      ...report,
      ...withEarlierFindings(ledger, report),
      unknownCost: unknownCostOf(holdings),
      ambiguous: ledger.ambiguous,
      requests: report.requests + client.requestCount(),
      retries: report.retries + client.retryCount(),
    },
  };
}

/** If the answer to the commit is lost, whether something is left to settle shows if the commit happened. */
async function save(context: SyncContext, commit: Parameters<typeof saveSettled>[1]): Promise<void> {
  const outcome = await context.database
    .run((sql) => saveSettled(sql, commit))
    .catch(async (error: unknown) => {
      if (!(error instanceof ExpectedError) || error.kind !== 'database') throw error;
      const left = await look(context, commit.account).catch(() => undefined);
      if (!left || left.affectedFrom !== undefined) throw error;
      return 'committed' as const;
    });
  if (outcome === 'lease-lost') throw leaseLost(commit.account);
}

/** Adds the findings of the sync before the checkpoint, which were not replayed. */
function withEarlierFindings(ledger: UpdatedLedger, earlier: Pick<StoredReport, 'missing' | 'unvalued'>) {
  const { after } = ledger;
  const before = ({ time }: { readonly time: number }) => after !== undefined && time <= after;
  return {
    missing: [...earlier.missing.filter(before), ...ledger.missing],
    unvalued: [...earlier.unvalued.filter(before), ...ledger.unvalued],
  };
}
