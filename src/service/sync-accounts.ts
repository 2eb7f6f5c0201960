import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ExchangeClient } from '../client/exchange-client.js';
import type { Account } from '../models/account.js';
import type { FailedReport, SyncReport } from '../models/sync-report.js';
import { fetchStalestFirst, saveFailedRun } from '../repository/runs.js';
import { openHostCaches } from './cache.js';
import { failureOf } from './failure.js';
import { settleAccounts } from './settle-accounts.js';
import { type StoredSync, storedSync } from './stored-sync.js';
import { syncAccount } from './sync-account.js';
import { runConcurrently } from './run-concurrently.js';
import { readStored, type SyncContext } from './sync-context.js';

const MAX_ACCOUNTS_AT_ONCE = 4;

export type RunContext = Omit<SyncContext, 'runId' | 'holder' | 'hostCaches'>;

/**
 * Syncs every account, a few at a time and independently: a failure is that account's report. Then the transfers
 * between the stored accounts are settled.
 */
export async function syncAccounts(
  context: RunContext,
  accounts: readonly Account[],
  runId: string = randomUUID(),
): Promise<SyncReport> {
  const startedAt = Date.now();
  const holder = `${hostname()}:${process.pid}`;
  const run: SyncContext = { ...context, runId, holder, hostCaches: openHostCaches(startedAt) };
  const ended = await eachAccount(run, await stalestFirst(run, accounts));
  const settled = await settleAccounts(
    run,
    ended.flatMap((one) => (isFailed(one) ? [] : [one])),
  );
  const reports = new Map([...ended.filter(isFailed), ...settled].map((one) => [one.account, one]));
  return {
    runId,
    accounts: accounts.flatMap(({ id }) => reports.get(id) ?? []),
    milliseconds: Date.now() - startedAt,
  };
}

type Ended = StoredSync | FailedReport;

const isFailed = (ended: Ended): ended is FailedReport => 'outcome' in ended;

/** The stalest account first, so that runs that end early do not always leave out the same ones. */
async function stalestFirst(context: SyncContext, accounts: readonly Account[]): Promise<readonly Account[]> {
  if (accounts.length < 2) return accounts;
  const ids = accounts.map(({ id }) => id);
  const order = await readStored(context, ids, (sql) => fetchStalestFirst(sql, ids)).catch(
    (error: unknown) => {
      // Each account reports the database's failure itself.
      context.log('debug', `the accounts keep their order: ${String(error)}`);
      return ids;
    },
  );
  const places = new Map(order.map((id, place) => [id, place]));
  return accounts.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}

async function eachAccount(context: SyncContext, accounts: readonly Account[]): Promise<Ended[]> {
  const ended: Ended[] = [];
  await runConcurrently(accounts, MAX_ACCOUNTS_AT_ONCE, async (account) => {
    ended.push(await contained(context, account));
  });
  return ended;
}

async function contained(context: SyncContext, account: Account): Promise<Ended> {
  const startedAt = Date.now();
  let client: ExchangeClient | undefined;
  const createClient: typeof context.createClient = async (...request) =>
    (client = await context.createClient(...request));
  try {
    return storedSync(account, await syncAccount({ ...context, createClient }, account));
  } catch (error) {
    const milliseconds = Date.now() - startedAt;
    const failure = failureOf(context, error);
    context.log('error', `${account.id}: ${failure.message}`, { account: account.id, kind: failure.kind });
    if (!context.dryRun) await recordFailure(context, account, milliseconds, failure.message);
    const asked = { requests: client?.requestCount() ?? 0, retries: client?.retryCount() ?? 0 };
    return { account: account.id, outcome: 'failed', milliseconds, ...failure, ...asked };
  }
}

/** Stores a row of the failed run; if the database refuses it, the failure itself has been reported. */
async function recordFailure(
  context: SyncContext,
  account: Account,
  milliseconds: number,
  message: string,
): Promise<void> {
  const run = { account: account.id, runId: context.runId, milliseconds, message };
  try {
    await context.database.run((sql) => saveFailedRun(sql, run));
  } catch (error) {
    context.log('debug', `${account.id}: the failed run was not recorded: ${String(error)}`);
  }
}
