import type { AccountId } from '../models/account.js';
import { type AccountPortfolio, isNeverSynced, type Portfolio } from '../models/portfolio.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchPortfolio } from '../repository/portfolio.js';
import { fetchSnapshots } from '../repository/snapshots.js';
import { inCurrency } from './in-currency.js';
import { nothingSynced, type OpenDatabase, readStored } from './read-stored.js';
import { withNetFlows } from './with-net-flows.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

/** What was a week ago, and what came a day before it where that is missing. */
const RECENT_MS = 8 * DAY_MS;
/** A quarter of a day: a snapshot each is enough for a sparkline. */
const QUARTER_MS = 6 * HOUR_MS;

export interface PortfolioRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to state even if they were never synced. */
  readonly expected: readonly AccountId[];
  readonly now: number;
  readonly currency: string | undefined;
}

/**
 * The stored portfolio of the accounts named, or of all, in another currency where one is asked for; throws
 * what readStored throws, and 'nothing-to-show' without a rate.
 */
export async function showPortfolio(
  settings: DatabaseSettings,
  { accounts, expected, now, currency }: PortfolioRequest,
  open: OpenDatabase,
): Promise<Portfolio> {
  const named = accounts.length > 0 ? accounts : undefined;
  return await readStored(settings, accounts, open, async (sql) => {
    // Sent together: both are on their way before the first is answered.
    const [stored, recent] = await Promise.all([
      fetchPortfolio(sql, named, expected),
      fetchSnapshots(sql, { since: now - RECENT_MS, now, every: QUARTER_MS }, named),
    ]);
    if (stored.every(isNeverSynced)) throw await nothingSynced(sql, accounts);
    const portfolio = {
      accounts: stored.map((one) => withKey(one, accounts, expected)),
      recent: await withNetFlows(sql, recent, now),
      rate: undefined,
    };
    if (currency === undefined) return portfolio;
    // It brings the library that looks at shapes, which takes as long to load as all else here.
    const { fetchRate } = await import('./stored-rates.js');
    return inCurrency(portfolio, await fetchRate(sql, currency, named));
  });
}

/** Which keys are configured is known only if `expected` are all of them, not those that were asked for. */
const withKey = (
  portfolio: AccountPortfolio,
  accounts: readonly AccountId[],
  expected: readonly AccountId[],
): AccountPortfolio =>
  accounts.length > 0 || expected.length === 0
    ? portfolio
    : { ...portfolio, hasKey: expected.includes(portfolio.account) };
