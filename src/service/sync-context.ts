import type { AccountingSettings } from '../accounting/settings.js';
import type { ClientFactory } from '../client/exchange-client.js';
import type { Database, Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { Log } from '../models/log.js';
import type { Progress } from '../models/progress.js';
import type { HostCaches } from './cache.js';

export interface SyncContext {
  readonly database: Database;
  readonly createClient: ClientFactory;
  readonly accounting: AccountingSettings;
  readonly runId: string;
  readonly holder: string;
  /** Aborted with an ExpectedError at the run's deadline, or on a signal. */
  readonly signal: AbortSignal;
  /** ms since 1970 */
  readonly deadline: number;
  readonly since: number | undefined;
  readonly dryRun: boolean;
  /** No table exists yet: a dry run before the first sync. */
  readonly nothingStored: boolean;
  readonly hostCaches: HostCaches;
  readonly acceptEmpty: boolean;
  /** Assets, in upper case, whose unexplained differences become adjustments, or all of them. */
  readonly acceptUnexplained: AcceptUnexplained;
  readonly allowWithdrawKeys: boolean;
  readonly log: Log;
  readonly progress: Progress;
  readonly redact: (text: string) => string;
}

/** Undefined: no differences are accepted. */
export type AcceptUnexplained = 'all' | ReadonlySet<string> | undefined;

/** Reads what is stored; returns `nothing` in a dry run before the first sync, as there are no tables yet. */
export const readStored = async <T>(
  { database, nothingStored }: StoredSource,
  nothing: T,
  read: (sql: Sql) => Promise<T>,
): Promise<T> => (nothingStored ? nothing : await database.run(read));

export type StoredSource = Pick<SyncContext, 'database' | 'nothingStored'>;

export const leaseLost = (account: string): ExpectedError =>
  new ExpectedError('busy', `another run took over ${account} while this one was working`, {
    fix: 'Nothing was written by this run. Let the other run finish; give cron more time between runs.',
  });
