import { ExpectedError } from '../errors.js';
import { saveSettled } from '../repository/settled-commit.js';
import { fetchOwnTransfers } from '../repository/own-transfers.js';
import type { BooksCommit } from '../repository/books-rows.js';
import type { Outcome } from './account-report.js';
import { storeCache } from './cache.js';
import { failureOf } from './failure.js';
import { keepBooks } from './keep-books.js';
import { NOTHING_PENDING } from './pending-events.js';
import { holdingsOf } from './read-holdings.js';
import { resolveTransfers } from './resolve-transfers.js';
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
  let before = outcomes;
  for (;;) {
    const after: Outcome[] = [];
    for (const outcome of before) after.push(await contained(context, outcome));
    if (after.every((outcome, at) => outcome === before[at])) return after;
    before = after;
  }
}

/** Whether an account's sync brought anything that another account's books may rest on. */
const bearsOnOthers = ({ history, books }: Outcome): boolean =>
  history.newTransfers > 0 || books.carried.size > 0;

async function contained(context: SyncContext, outcome: Outcome): Promise<Outcome> {
  if (outcome.unsettled !== undefined) return outcome;
  const { account } = outcome;
  try {
    context.signal.throwIfAborted();
    if (!(await isUnsettled(context, account))) return outcome;
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

/** Whether the transfers of all accounts, as they are stored now, say something else than was reckoned in. */
async function isUnsettled({ database, accounting }: SyncContext, account: string): Promise<boolean> {
  const own = await database.run((sql) => fetchOwnTransfers(sql, account));
  return resolveTransfers(accounting, account, own, NOTHING_PENDING).affectedFrom !== undefined;
}

async function settled(context: SyncContext, outcome: Outcome): Promise<Outcome> {
  const { account, client, cache, reading, prices, endedAt } = outcome;
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
      if (await isUnsettled(context, commit.account).catch(() => true)) throw error;
      return 'committed' as const;
    });
  if (outcome === 'lease-lost') throw leaseLost(commit.account);
}

/** What the sync itself found and the books have not gone over again. */
function withEarlierFindings(books: BooksCommit, earlier: BooksCommit): BooksCommit {
  const { after } = books;
  const before = ({ time }: { readonly time: number }) => after !== undefined && time <= after;
  return {
    ...books,
    missing: [...earlier.missing.filter(before), ...books.missing],
    unvalued: [...earlier.unvalued.filter(before), ...books.unvalued],
  };
}
