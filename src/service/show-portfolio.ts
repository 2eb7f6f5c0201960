import { fetchRate } from './stored-rates.js';
import type { AccountId } from '../models/account.js';
import { type AccountPortfolio, isNeverSynced, type Portfolio } from '../models/portfolio.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchPortfolio } from '../repository/portfolio.js';
import { fetchSnapshots } from '../repository/snapshots.js';
import { inCurrency } from './in-currency.js';
import { nothingSynced, type OpenDatabase, readStored } from './read-stored.js';
import { withNetFlows } from './with-net-flows.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

/** A week, and a day more in case the snapshot of a week ago is missing. */
const RECENT_MS = 8 * DAY_MS;
/** A quarter of a day: a snapshot each is enough for a sparkline. */
const QUARTER_MS = 6 * HOUR_MS;

export interface PortfolioRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to list even if they were never synced. */
  readonly expected: readonly AccountId[];
  readonly now: number;
  readonly currency: string | undefined;
}

/**
 * The stored portfolio of the named accounts, or of all, in another currency if one is given; throws what
 * readStored throws, and 'nothing-to-show' without a rate.
 */
export async function showPortfolio(
  settings: DatabaseSettings,
  { accounts, expected, now, currency }: PortfolioRequest,
  open: OpenDatabase,
): Promise<Portfolio> {
  const named = accounts.length > 0 ? accounts : undefined;
  return await readStored(settings, accounts, open, async (sql) => {
    // Sent together, so that both are under way before the first is answered.
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
    // Loaded only if needed: its validation library takes as long to load as everything else here.
    return inCurrency(portfolio, await fetchRate(sql, currency, named));
  });
}

/** The configured accounts are known only if `expected` lists all of them, not just those that were named. */
const withKey = (
  portfolio: AccountPortfolio,
  accounts: readonly AccountId[],
  expected: readonly AccountId[],
): AccountPortfolio =>
  accounts.length > 0 || expected.length === 0
    ? portfolio
    : { ...portfolio, hasKey: expected.includes(portfolio.account) };
