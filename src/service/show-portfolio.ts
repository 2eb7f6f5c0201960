import type { AccountId } from '../models/account.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchPortfolio } from '../repository/portfolio.js';
import { neverSynced, type OpenDatabase, readStored } from './read-stored.js';

/** The stored portfolio of the accounts named, or of all; throws what readStored throws. */
export async function showPortfolio(
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  open: OpenDatabase,
): Promise<readonly AccountPortfolio[]> {
  const portfolio = await readStored(settings, accounts, open, (sql) =>
    fetchPortfolio(sql, accounts.length > 0 ? accounts : undefined),
  );
  if (portfolio.length === 0) throw neverSynced(accounts);
  return portfolio;
}
