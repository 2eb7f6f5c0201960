import type { AccountingSettings } from '../accounting/settings.js';
import type { ClientFactory } from '../client/exchange-client.js';
import type { Database } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { Log } from '../models/log.js';

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
  readonly acceptEmpty: boolean;
  readonly log: Log;
  readonly redact: (text: string) => string;
}

export const leaseLost = (account: string): ExpectedError =>
  new ExpectedError('busy', `another run took over ${account} while this one was working`, {
    fix: 'Nothing was written by this run. Let the other run finish; give cron more time between runs.',
  });
