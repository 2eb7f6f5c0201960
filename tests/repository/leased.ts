import { randomUUID } from 'node:crypto';
import type { Database, Sql } from '../../src/database/with-database.js';
import type { AccountCommit } from '../../src/repository/account-commit.js';
import type { LedgerCommit } from '../../src/repository/ledger-rows.js';
import { takeLease } from '../../src/repository/leases.js';

let accounts = 0;

/** As if the run had ended at another time (ms since 1970): a commit takes its time from the database. */
export async function dateRun(sql: Sql, account: string, runId: string, endedAt: number): Promise<void> {
  const at = new Date(endedAt).toISOString();
  const [run] = await sql<{ taken_at: Date }[]>`
    select taken_at from exchange_sync.snapshots where account = ${account} and run_id = ${runId}`;
  if (!run) throw new Error('the run has stored nothing');
  await sql`update exchange_sync.pool_history set since = ${at} where account = ${account} and since = ${run.taken_at}`;
  await sql`update exchange_sync.snapshots set taken_at = ${at} where account = ${account} and run_id = ${runId}`;
  await sql`update exchange_sync.runs set ended_at = ${at} where account = ${account} and run_id = ${runId}`;
  await sql`
    update exchange_sync.holdings
       set updated_at = ${at}, priced_at = priced_at + (${at}::timestamptz - updated_at),
           last_priced_at = case last_priced_at when updated_at then ${at} else last_priced_at end
     where account = ${account}`;
  await sql`
    update exchange_sync.wallets set read_at = read_at + (${at}::timestamptz - ${run.taken_at}::timestamptz)
     where account = ${account}`;
}

/** Hands the account's lease to a new run. */
export async function nextRun(sql: Sql, account: string): Promise<string> {
  const runId = randomUUID();
  await sql`update exchange_sync.leases set run_id = ${runId} where account = ${account}`;
  return runId;
}

/** A new account with its lease taken. */
export async function leased(database: Database): Promise<{ account: string; runId: string }> {
  accounts += 1;
  const request = { account: `bybit/test${accounts}`, runId: randomUUID(), holder: 'here:1', ttlMs: 60_000 };
  const lease = await database.run((sql) => takeLease(sql, request));
  if (!lease.taken) throw new Error('a new account was taken already');
  return request;
}

export const NO_LEDGER: LedgerCommit = {
  after: undefined,
  arrival: '0',
  settings: 'test',
  pools: [],
  days: [],
  missing: [],
  unvalued: [],
  transferredCosts: new Map(),
  checkpoints: [],
  dropped: [],
  resolutions: [],
};

/** The commit of a good run that found nothing, but for what is given. */
export const commitOf = (
  account: string,
  runId: string,
  endedAt: number,
  more: Partial<AccountCommit> = {},
): AccountCommit => ({
  account,
  runId,
  startedAt: endedAt - 1000,
  endedAt,
  wallets: [],
  holdings: [],
  events: [],
  differences: [],
  totals: undefined,
  cursors: [],
  ledger: NO_LEDGER,
  gaps: [],
  complete: more.success ?? true,
  success: true,
  ...more,
});
