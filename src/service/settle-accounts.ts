import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import { fetchIsNewest, saveSettled } from '../repository/settled-commit.js';
import { fetchOwnTransfers } from '../repository/own-transfers.js';
import type { Outcome } from './account-report.js';
import { storeCache } from './cache.js';
import { failureOf } from './failure.js';
import { keepBooks, type KeptBooks } from './keep-books.js';
import { NOTHING_PENDING } from './pending-events.js';
import { holdingsOf } from './read-holdings.js';
import { type ResolvedTransfers, resolveTransfers } from './resolve-transfers.js';
import { leaseLost, type SyncContext } from './sync-context.js';
import { withLease } from './with-lease.js';

/**
 * Brings the books of a run's accounts up to date with one another: who was synced first could not know of
 * a transfer that another account tells of. Coins that went on from account to account take a round for
 * each step; they always leave before they arrive, so the rounds end. What fails is said of its account,
 * which stays as it was stored.
 */
export async function settleAccounts(
  context: SyncContext,
  outcomes: readonly Outcome[],
): Promise<readonly Outcome[]> {
  if (context.dryRun || outcomes.length < 2 || !outcomes.some(bearsOnOthers)) return outcomes;
  const latest = new Map(outcomes.map((outcome) => [outcome.account, outcome]));
  for (let moved = true; moved;) {
    moved = false;
    for (const before of latest.values()) {
      const after = await contained(context, before);
      latest.set(after.account, after);
      moved ||= after.holdings !== before.holdings;
    }
  }
  return [...latest.values()];
}

/** Whether an account's sync brought anything that another account's books may rest on. */
const bearsOnOthers = ({ history, books }: Outcome): boolean =>
  history.newTransfers > 0 || books.carried.size > 0;

async function contained(context: SyncContext, outcome: Outcome): Promise<Outcome> {
  if (outcome.unsettled !== undefined) return outcome;
  const { account } = outcome;
  try {
    context.signal.throwIfAborted();
    const { affectedFrom, ambiguous } = await look(context, account);
    if (affectedFrom === undefined) return { ...outcome, books: { ...outcome.books, ambiguous } };
    return await withLease(context, account, () => settled(context, outcome));
  } catch (error) {
    const { message, kind } = failureOf(context, error);
    context.log('error', `${account}: transfers between accounts were not settled: ${message}`, {
      account,
      kind,
    });
    return { ...outcome, unsettled: message };
  }
}

/** What the transfers of all accounts say as they are stored now. */
async function look({ database, accounting }: SyncContext, account: AccountId): Promise<ResolvedTransfers> {
  const own = await database.run((sql) => fetchOwnTransfers(sql, account));
  return resolveTransfers(accounting, account, own, NOTHING_PENDING);
}

async function settled(context: SyncContext, outcome: Outcome): Promise<Outcome> {
  const { account, client, cache, reading, prices, endedAt } = outcome;
  if (!(await context.database.run((sql) => fetchIsNewest(sql, account, context.runId)))) {
    context.log('info', `${account}: another run has synced it since; the next one settles its transfers`);
    return outcome;
  }
  const books = await keepBooks(context, account, client, cache, NOTHING_PENDING);
  const pools = new Map(books.pools.map((pool) => [pool.asset, pool]));
  const holdings = holdingsOf(reading.quantities, prices, pools, context.accounting);
  context.signal.throwIfAborted();
  await save(context, { account, runId: context.runId, endedAt, holdings, books });
  await storeCache(context, account, cache);
  context.log('info', `${account}: transfers between accounts are settled`);
  return { ...outcome, holdings, books: withEarlierFindings(books, outcome.books) };
}

/** A lost answer does not say whether the commit happened: whether there is still something to settle does. */
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

/** What the sync itself found and the books have not gone over again. */
function withEarlierFindings(books: KeptBooks, earlier: KeptBooks): KeptBooks {
  const { after } = books;
  const before = ({ time }: { readonly time: number }) => after !== undefined && time <= after;
  return {
    ...books,
    missing: [...earlier.missing.filter(before), ...books.missing],
    unvalued: [...earlier.unvalued.filter(before), ...books.unvalued],
  };
}
