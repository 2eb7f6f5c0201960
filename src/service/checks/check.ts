import type { AccountingSettings } from '../../accounting/settings.js';
import type { ClientFactory, ExchangeClient } from '../../client/exchange-client.js';
import type { ConfiguredAccounts } from '../../config/accounts.js';
import type { Environment } from '../../config/read-env.js';
import type { Parsed } from '../../config/problems.js';
import type { Settings } from '../../config/settings.js';
import { ExpectedError } from '../../errors.js';
import { type Account, type AccountId, hostOf } from '../../models/account.js';
import type { CheckResult, CheckState, Subject } from '../../models/check.js';
import type { StoredGap } from '../../models/coverage.js';
import type { DatabaseSettings } from '../../models/settings.js';
import { fetchGaps } from '../../repository/coverage.js';
import { type CacheEntry, fetchCache } from '../../repository/exchange-cache.js';
import { fetchNeverSynced } from '../../repository/runs.js';
import { fetchNewestSnapshotTimes } from '../../repository/snapshots.js';
import { bounded } from '../../repository/texts.js';
import type { Sql } from '../../database/with-database.js';
import { type OpenDatabase, readStored } from '../read-stored.js';

/** What the checks look at; nothing here is changed by them. */
export interface CheckContext {
  readonly environment: Environment;
  readonly settings: Parsed<Settings>;
  readonly accounting: AccountingSettings | undefined;
  readonly database: Parsed<DatabaseSettings>;
  readonly accounts: Parsed<ConfiguredAccounts>;
  readonly open: (settings: DatabaseSettings) => OpenDatabase;
  readonly createClient: ClientFactory;
  readonly offline: boolean;
  /** A last good sync older than this is CRITICAL, in ms. */
  readonly maxAge: number;
  readonly now: number;
  /** By `--only` and `--skip`. */
  readonly wanted: (subject: Subject) => boolean;
}

/** What looks at some subjects together, for they need the same connection. */
export interface Check {
  readonly subjects: readonly Subject[];
  readonly run: (context: CheckContext) => Promise<readonly CheckResult[]>;
}

/** Inspects one subject of an account's stored data; undefined if there is no finding. */
export type InspectStored = (
  sql: Sql,
  account: Account,
  context: Pick<CheckContext, 'now' | 'maxAge'>,
) => Promise<CheckResult | undefined>;

export function result(
  name: string,
  state: CheckState,
  message: string,
  more: { remedy?: string | undefined; performance?: Record<string, string>; information?: boolean } = {},
): CheckResult {
  const { remedy, performance = {}, information = false } = more;
  return { name, state, message: bounded(message), information, remedy, performance };
}

/** An expected failure as a check's finding; a bug is UNKNOWN, for it says nothing of the subject. */
export function failed(name: string, error: unknown): CheckResult {
  if (!(error instanceof ExpectedError)) {
    return result(name, 'unknown', `unexpected: ${String(error)}`, { remedy: 'Please report this bug.' });
  }
  const state = error.kind === 'busy' ? 'unknown' : 'critical';
  return result(name, state, error.message, { remedy: error.fix });
}

export const accountsIn = (context: CheckContext): readonly Account[] =>
  context.accounts.ok ? context.accounts.value.accounts : [];

/** What syncs have stored of each host, and of each account what they could not read. */
export interface StoredFacts {
  readonly hosts: ReadonlyMap<string, ReadonlyMap<string, CacheEntry>>;
  readonly gaps: ReadonlyMap<AccountId, readonly StoredGap[]>;
  /** Every account that was ever synced. */
  readonly accounts: readonly AccountId[];
  /** Every account that has failed runs only. */
  readonly neverSynced: readonly AccountId[];
}

export const NO_FACTS: StoredFacts = { hosts: new Map(), gaps: new Map(), accounts: [], neverSynced: [] };

/** A check must not send requests to an exchange that has banned this address either; throws what readStored throws. */
export async function fetchFacts(context: CheckContext): Promise<StoredFacts> {
  if (!context.database.ok) return NO_FACTS;
  const settings = context.database.value;
  const accounts = accountsIn(context);
  return await readStored(settings, [], context.open(settings), async (sql) => {
    const hosts = new Map<string, ReadonlyMap<string, CacheEntry>>();
    const gaps = new Map<AccountId, readonly StoredGap[]>();
    for (const host of new Set(accounts.map(hostOf))) hosts.set(host, await fetchCache(sql, host));
    for (const { id } of accounts) gaps.set(id, await fetchGaps(sql, id));
    const synced = [...(await fetchNewestSnapshotTimes(sql)).keys()];
    return { hosts, gaps, accounts: synced, neverSynced: await fetchNeverSynced(sql) };
  });
}

export const nameFor = (subject: Subject, account: AccountId): string => `${subject}:${account}`;

/** A client that keeps nothing, for questions that are asked once; it knows what syncs have kept of its host. */
export async function openClient(
  context: CheckContext,
  account: Account,
  { hosts }: StoredFacts,
): Promise<ExchangeClient> {
  const kept = hosts.get(hostOf(account));
  const timeLimitMs = 30_000;
  return await context.createClient(account, {
    hostCache: {
      get: (kind) => kept?.get(kind)?.value,
      last: () => undefined,
      set: () => undefined,
      isNew: () => false,
    },
    signal: AbortSignal.timeout(timeLimitMs),
    deadline: context.now + timeLimitMs,
    log: () => undefined,
  });
}
