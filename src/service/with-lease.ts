import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import { extendLease, releaseLease, takeLease } from '../repository/leases.js';
import type { SyncContext } from './sync-context.js';

const TIME_TO_LIVE_MS = 120_000;
const EXTEND_EVERY_MS = 40_000;

/**
 * Holds the account's lease while `work` runs; throws 'busy' if another run holds it. A lease is a row, not
 * a session lock: behind PgBouncer sessions are shared.
 */
export async function withLease<T>(
  context: SyncContext,
  account: AccountId,
  work: () => Promise<T>,
): Promise<T> {
  const { database, runId, holder } = context;
  const alone = database.kind === 'embedded';
  const request = { account, runId, holder, ttlMs: TIME_TO_LIVE_MS, alone };
  const lease = await database.run((sql) => takeLease(sql, request));
  if (!lease.taken) throw busy(account, lease.holder, lease.acquiredAt);
  const timer = setInterval(() => {
    database
      .run((sql) => extendLease(sql, request))
      .catch((error: unknown) => {
        context.log('warn', `${account}: the lease could not be extended: ${String(error)}`);
      });
  }, EXTEND_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await database
      .run((sql) => releaseLease(sql, account, runId))
      .catch((error: unknown) => {
        context.log('debug', `${account}: the lease ends by itself: ${String(error)}`);
      });
  }
}

function busy(account: AccountId, holder: string, acquiredAt: number): ExpectedError {
  // The clocks of the database and of this machine may differ.
  const seconds = Math.max(0, Math.round((Date.now() - acquiredAt) / 1000));
  return new ExpectedError('busy', `${holder} has been syncing ${account} for ${seconds} s`, {
    fix: 'Let it finish. The lease of a run that died ends by itself within two minutes.',
  });
}
