import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ExchangeClient } from '../client/exchange-client.js';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import type { AccountReport, SyncReport } from '../models/sync-report.js';
import { saveFailedRun } from '../repository/sync-history.js';
import { syncAccount } from './sync-account.js';
import type { SyncContext } from './sync-context.js';

const AT_ONCE = 4;

export type RunContext = Omit<SyncContext, 'runId' | 'holder'>;

/** Syncs every account, a few at a time, each on its own: what fails in one is that account's report. */
export async function syncAccounts(
  context: RunContext,
  accounts: readonly Account[],
  runId: string = randomUUID(),
): Promise<SyncReport> {
  const startedAt = Date.now();
  const run: SyncContext = { ...context, runId, holder: `${hostname()}:${process.pid}` };
  const reports = new Map<string, AccountReport>();
  const queue = [...accounts];
  const worker = async () => {
    for (let account = queue.shift(); account; account = queue.shift()) {
      reports.set(account.id, await contained(run, account));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, accounts.length) }, worker));
  return {
    runId,
    accounts: accounts.flatMap(({ id }) => reports.get(id) ?? []),
    milliseconds: Date.now() - startedAt,
  };
}

async function contained(context: SyncContext, account: Account): Promise<AccountReport> {
  const startedAt = Date.now();
  let client: ExchangeClient | undefined;
  const createClient: typeof context.createClient = async (...request) =>
    (client = await context.createClient(...request));
  try {
    return await syncAccount({ ...context, createClient }, account);
  } catch (error) {
    const milliseconds = Date.now() - startedAt;
    const failure = redacted(context, describe(context, error));
    context.log('error', `${account.id}: ${failure.message}`, { account: account.id, kind: failure.kind });
    if (!context.dryRun) await recordFailure(context, account, startedAt, failure.message);
    const asked = { requests: client?.requestCount() ?? 0, retries: client?.retryCount() ?? 0 };
    return { account: account.id, outcome: 'failed', milliseconds, ...failure, ...asked };
  }
}

/** Exchanges echo what they were sent. */
const redacted = ({ redact }: SyncContext, failure: ReturnType<typeof describe>) => ({
  ...failure,
  message: redact(failure.message),
});

function describe(context: SyncContext, error: unknown) {
  if (context.signal.aborted && context.signal.reason instanceof ExpectedError) {
    const { kind, message, fix } = context.signal.reason;
    return { kind, message, fix };
  }
  if (error instanceof ExpectedError) return { kind: error.kind, message: error.message, fix: error.fix };
  context.log('debug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'bug' as const, message: `unexpected: ${message}`, fix: undefined };
}

/** The failed run's own row; a database that cannot take it has already been reported by the failure itself. */
async function recordFailure(
  context: SyncContext,
  account: Account,
  startedAt: number,
  message: string,
): Promise<void> {
  const run = {
    account: account.id,
    startedAt,
    endedAt: Date.now(),
    message,
  };
  try {
    await context.database.run((sql) => saveFailedRun(sql, run));
  } catch (error) {
    context.log('debug', `${account.id}: the failed run was not recorded: ${String(error)}`);
  }
}
