import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Decimal } from '../models/decimal.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { fetchBalances } from '../repository/balances.js';
import { fetchDifferences } from '../repository/differences.js';
import { fetchCache } from '../repository/exchange-cache.js';
import { fetchPortfolio } from '../repository/portfolio.js';
import { fetchDatabaseTime } from '../repository/times.js';
import { costKnownOf, differencesNow, isNewDifference } from './differences.js';
import { keyExpiryIn } from './key-rights.js';
import type { RunContext } from './sync-accounts.js';

/** Measures of an account from what is stored, independent of the outcome of the newest run. */
export interface AccountMeasures {
  /** By the database's clock, ms since 1970; this machine's may be wrong. */
  readonly measuredAt: number;
  readonly portfolio: AccountPortfolio;
  readonly driftingItems: number;
  /** Those whose difference is younger than a day. */
  readonly newDriftingItems: number;
  /** Share of the value held, from 0 to 1; undefined if nothing held has a price. */
  readonly costKnown: Decimal | undefined;
  /** ms since 1970 */
  readonly keyExpiresAt: number | undefined;
}

/** Short, as the run itself is over. */
const LIMIT_MS = 10_000;

/**
 * The named accounts that were ever synced, read over one connection; undefined if the database does not answer
 * in time or the run was stopped.
 */
export async function measureAccounts(
  { database, signal, log }: RunContext,
  accounts: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, AccountMeasures> | undefined> {
  if (signal.aborted) return undefined;
  const measuring = database.run((sql) => measureAll(sql, accounts));
  const limit = sleep(LIMIT_MS, undefined, { signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([measuring, limit]);
  } catch (error) {
    log('warn', `how the accounts stand could not be read for the metrics: ${String(error)}`);
    return undefined;
  }
}

async function measureAll(
  sql: Sql,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, AccountMeasures>> {
  const measures = new Map<AccountId, AccountMeasures>();
  const measuredAt = await fetchDatabaseTime(sql);
  for (const portfolio of await fetchPortfolio(sql, accounts)) {
    measures.set(portfolio.account, await measure(sql, portfolio, measuredAt));
  }
  return measures;
}

async function measure(sql: Sql, portfolio: AccountPortfolio, measuredAt: number): Promise<AccountMeasures> {
  const balances = await fetchBalances(sql, portfolio.account);
  const known = await fetchDifferences(sql, portfolio.account);
  const differences = differencesNow(balances, known, measuredAt);
  return {
    measuredAt,
    portfolio,
    driftingItems: differences.length,
    newDriftingItems: differences.filter((one) => isNewDifference(one, measuredAt)).length,
    costKnown: costKnownOf(balances),
    keyExpiresAt: keyExpiryIn(await fetchCache(sql, portfolio.account)),
  };
}
