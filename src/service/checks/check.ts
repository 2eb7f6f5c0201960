import type { ClientFactory, ExchangeClient } from '../../client/exchange-client.js';
import type { Environment } from '../../config/read-env.js';
import type { Parsed } from '../../config/problems.js';
import { ExpectedError } from '../../errors.js';
import type { Account, AccountId } from '../../models/account.js';
import type { CheckResult, CheckState } from '../../models/check.js';
import type { DatabaseSettings } from '../../models/settings.js';
import type { OpenDatabase } from '../read-stored.js';

/** What the checks look at; nothing here is changed by them. */
export interface CheckContext {
  readonly environment: Environment;
  readonly settings: Parsed<unknown>;
  readonly database: Parsed<DatabaseSettings>;
  readonly accounts: Parsed<readonly Account[]>;
  readonly open: (settings: DatabaseSettings) => OpenDatabase;
  readonly createClient: ClientFactory;
  readonly offline: boolean;
  /** A last good sync older than this is CRITICAL, in ms. */
  readonly maxAge: number;
  readonly now: number;
}

/** One subject and what was found of it. */
export interface Check {
  readonly name: string;

  readonly run: (context: CheckContext) => Promise<readonly CheckResult[]>;
}

export function result(
  name: string,
  state: CheckState,
  message: string,
  more: { remedy?: string | undefined; performance?: Record<string, string> } = {},
): CheckResult {
  return { name, state, message, remedy: more.remedy, performance: more.performance ?? {} };
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
  context.accounts.ok ? context.accounts.value : [];

export const nameFor = (name: string, account: AccountId): string => `${name}:${account}`;

/** A client that keeps nothing, for questions that are asked once. */
export async function openClient(context: CheckContext, account: Account): Promise<ExchangeClient> {
  const timeLimitMs = 30_000;
  return await context.createClient(account, {
    cache: { get: () => undefined, set: () => undefined },
    signal: AbortSignal.timeout(timeLimitMs),
    deadline: context.now + timeLimitMs,
    log: () => undefined,
  });
}
