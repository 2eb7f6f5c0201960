import { totalResult } from '../accounting/total-result.js';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { DAY_MS, isoDay } from '../models/day.js';
import {
  type AssetResult,
  type AccountResults,
  type DayWindow,
  type Period,
  type Results,
  SUMMED,
} from '../models/results.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchFirstDay, fetchResults } from '../repository/daily-results.js';
import { fetchNewestSnapshotTimes } from '../repository/snapshots.js';
import { absentFrom, nothingSynced, type OpenDatabase, readStored } from './read-stored.js';

export interface ResultsRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to list even if they were never synced. */
  readonly expected: readonly AccountId[];
  readonly period: Period;
  readonly now: number;
}

/** Realized P&L, income, fees and transfers of a period, by the last syncs; throws what readStored throws. */
export async function showResults(
  settings: DatabaseSettings,
  { accounts: named, expected, period, now }: ResultsRequest,
  open: OpenDatabase,
): Promise<Results> {
  const window = windowOf(period, now);
  return await readStored(settings, named, open, async (sql) => {
    const newest = await fetchNewestSnapshotTimes(sql, named.length > 0 ? named : undefined);
    if (newest.size === 0) throw await nothingSynced(sql, named);
    const accounts: AccountResults[] = [];
    for (const [account, time] of newest) accounts.push(await accountResults(sql, account, time, window));
    const absent = absentFrom(newest.keys(), expected);
    return { window, now, accounts, absent, total: totalResult(accounts.flatMap(({ assets }) => assets)) };
  });
}

/** Whole UTC days, today being the last. */
export function windowOf(period: Period, now: number): DayWindow {
  const to = isoDay(now);
  switch (period.kind) {
    case 'days':
      return { from: isoDay(Math.max(0, now - (period.days - 1) * DAY_MS)), to };
    case 'ytd':
      return { from: `${to.slice(0, 4)}-01-01`, to };
    case 'all':
      return { from: undefined, to };
  }
}

async function accountResults(
  sql: Sql,
  account: AccountId,
  countedUntil: number,
  window: DayWindow,
): Promise<AccountResults> {
  const assets = (await fetchResults(sql, account, window)).filter(hasHappened);
  const from = window.from ?? (await fetchFirstDay(sql, account));
  return { account, from, countedUntil, assets, total: totalResult(assets) };
}

const hasHappened = ({ sums, unvalued, missing }: AssetResult): boolean =>
  !unvalued.isZero() || !missing.isZero() || SUMMED.some((kind) => !sums[kind].isZero());
