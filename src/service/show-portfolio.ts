import type { AccountId } from '../models/account.js';
import type { Portfolio } from '../models/portfolio.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchPortfolio } from '../repository/portfolio.js';
import { fetchQuarterlySnapshots } from '../repository/snapshots.js';
import { neverSynced, type OpenDatabase, readStored } from './read-stored.js';

/** What was a week ago, and what came a day before it where that is missing. */
const RECENT_MS = 8 * 86_400_000;

/** The stored portfolio of the accounts named, or of all; throws what readStored throws. */
export async function showPortfolio(
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  now: number,
  open: OpenDatabase,
): Promise<Portfolio> {
  const named = accounts.length > 0 ? accounts : undefined;
  return await readStored(settings, accounts, open, async (sql) => {
    // Sent together: both are on their way before the first is answered.
    const [stored, recent] = await Promise.all([
      fetchPortfolio(sql, named),
      fetchQuarterlySnapshots(sql, { since: now - RECENT_MS, now }, named),
    ]);
    if (stored.length === 0) throw neverSynced(accounts);
    return { accounts: stored, recent };
  });
}
