import { ExpectedError } from '../errors.js';
import { type Account, hostOf } from '../models/account.js';
import { partName } from '../models/coverage.js';
import { FIAT } from '../models/fiat.js';
import type { Log } from '../models/log.js';
import { type AccountCommit, fetchRunCommitted, saveAccount } from '../repository/account-commit.js';
import { verifyIdentity } from './account-identity.js';
import { fetchAccountState, type StoredAccount } from './account-state.js';
import { reconcileAccount } from './reconcile-account.js';
import { accountTotals, overviewOf } from './account-totals.js';
import { type OpenCache, openCache, storeCache } from './cache.js';
import { askedFromTheBeginning, keepQuestions, openQuestions } from './open-questions.js';
import { readAccount } from './read-account.js';
import { hasVanished, refuseVanished } from './read-holdings.js';
import { isNewTradingKey, keyRights, withdrawalRefused } from './key-rights.js';
import { KnownParts } from './known-parts.js';
import { Parts } from './parts.js';
import type { Outcome } from './account-report.js';
import { balancesOf, unexplainedIn } from './differences.js';
import { isLookBackDue, keepLookBack } from './stream-begins.js';
import { keepRates } from './stored-rates.js';
import { leaseLost, type SyncContext } from './sync-context.js';
import { withLease } from './with-lease.js';

/** One account from the exchange to its commit; throws ExpectedError where it could not be brought in step. */
export async function syncAccount(context: SyncContext, account: Account): Promise<Outcome> {
  if (context.dryRun) return await syncLeased(context, account);
  return await withLease(context, account.id, () => syncLeased(context, account));
}

async function syncLeased(context: SyncContext, account: Account): Promise<Outcome> {
  const { dryRun } = context;
  const startedAt = Date.now();
  const stored = await fetchAccountState(context, account);
  const cache = openCache(stored.cache, startedAt);
  const hostCache = context.hostCaches(hostOf(account), stored.hostCache);
  try {
    return await bringInStep(context, account, stored, { cache, hostCache }, startedAt);
  } finally {
    // Also where the run failed: an exchange that told us to stay away is not asked again before that.
    if (!dryRun) {
      await storeCache(context, account.id, cache);
      await storeCache(context, hostOf(account), hostCache);
    }
  }
}

async function bringInStep(
  context: SyncContext,
  account: Account,
  stored: StoredAccount,
  caches: Readonly<Record<'cache' | 'hostCache', OpenCache>>,
  startedAt: number,
): Promise<Outcome> {
  const { accounting, signal, deadline, dryRun } = context;
  const log: Log = (level, message) => {
    context.log(level, `${account.id}: ${message}`, { account: account.id });
  };
  const client = await context.createClient(account, { ...caches, signal, deadline, log });
  const key = await keyRights(client, account, caches.cache);
  if (key.rights?.canWithdraw && !context.allowWithdrawKeys) throw withdrawalRefused(account);
  await verifyIdentity(context, account, client, { stored, key });
  const known = new KnownParts(caches.cache, `${hostOf(account)} ${key.hash}`, startedAt);
  const parts = new Parts({ client, key, known, gaps: stored.gaps, signal });
  const {
    holdings: reading,
    history,
    questions,
  } = await readAccount(context, account.id, client, {
    stored,
    questions: openQuestions(caches.cache),
    parts,
  });
  const overview = await overviewOf(client, caches.cache, { fresh: hasVanished(reading, stored) });
  refuseVanished(context, reading, stored, history.changes, overview);
  const totals = accountTotals(reading.wallets, overview, Date.now());
  const priced = [...new Set([...reading.quantities.keys(), ...FIAT])];
  const marketPrices = await parts.readPublic('prices', () =>
    client.readPrices(priced, accounting.reportingCurrency),
  );
  const prices = marketPrices ?? client.peggedPrices(priced, accounting.reportingCurrency);
  const facts = { account: account.id, stored, reading, pending: history.pending, parts, prices };
  const booked = await reconcileAccount(context, client, caches.cache, facts);
  const missing = parts.missing().map((gap) => ({ ...gap, reason: context.redact(gap.reason) }));
  const { ledger, holdings } = booked;
  signal.throwIfAborted();

  const endedAt = Date.now();
  const remembered = openCache(stored.cache, startedAt);
  if (marketPrices) keepRates(remembered, marketPrices);
  // What was held before the first sync came from before its history.
  if (stored.holdings.length > 0) {
    const read = [...stored.cursors, ...history.cursors].map(({ stream }) => stream);
    const isAsked = client.explaining.every((stream) => read.includes(stream));
    const drifts = isAsked ? [] : unexplainedIn(balancesOf(holdings, ledger.pools));
    keepQuestions(remembered, askedFromTheBeginning(questions, drifts, endedAt), endedAt);
  }
  if (isLookBackDue(stored.cache, startedAt)) keepLookBack(remembered);
  const tradingKey = isNewTradingKey(key, remembered);
  const affecting = missing.filter(({ affects }) => affects);
  const partial = affecting.map(({ part, reason }) => `${partName(part)} could not be read: ${reason}`);
  if (!dryRun) {
    await save(context, {
      account: account.id,
      runId: context.runId,
      startedAt,
      endedAt,
      wallets: reading.wallets,
      holdings,
      ...booked.pending,
      differences: booked.differences,
      totals,
      cursors: history.cursors,
      unread: history.unread,
      resolved: history.resolved,
      ledger,
      remembered: remembered.added,
      gaps: parts.gaps(endedAt).map((gap) => ({ ...gap, reason: context.redact(gap.reason) })),
      complete: reading.unreadable.length === 0,
      success: partial.length === 0,
      ...(partial.length > 0 ? { errorMessage: context.redact(partial.join('; ')) } : {}),
    });
  }
  return {
    account: account.id,
    client,
    cache: caches.cache,
    startedAt,
    endedAt,
    history: { newEvents: history.newEvents },
    reading,
    missing,
    unread: history.unreadFound,
    tradingKey,
    prices,
    ledger,
    holdings,
    totals,
    differences: booked.differences,
    entries: booked.entries,
    dryRun,
  };
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
