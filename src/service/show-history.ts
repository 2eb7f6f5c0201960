import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import type { Snapshot, ValueHistory } from '../models/history.js';
import type { DatabaseSettings } from '../models/settings.js';
import {
  countRuns,
  fetchAssetSnapshots,
  fetchNewestSnapshotTimes,
  fetchSnapshotAssets,
  fetchSnapshots,
  type Sampling,
} from '../repository/snapshots.js';
import { assetMeant, isMeant } from './asset-meant.js';
import {
  absentFrom,
  nothingSynced,
  type OpenDatabase,
  readStored,
  syncCommand,
  whose,
} from './read-stored.js';
import { accountSeries, totalSeries } from './value-series.js';
import { DAY_MS } from '../models/day.js';

/** Of all series together, and at least so many of each. */
const MAX_POINTS = 7_000;
const MIN_POINTS = 100;

export interface HistoryRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to list even if they were never synced. */
  readonly expected: readonly AccountId[];
  /** One asset instead of everything that an account holds. */
  readonly asset: string | undefined;
  /** ms back from `now`. */
  readonly period: number;
  readonly now: number;
}

/** Values over a period up to now; throws what readStored throws, and 'nothing-to-show' without a snapshot or the asset. */
export async function showHistory(
  settings: DatabaseSettings,
  request: HistoryRequest,
  open: OpenDatabase,
): Promise<ValueHistory> {
  const { accounts, now } = request;
  const from = Math.max(0, now - request.period);
  return await readStored(settings, accounts, open, async (sql) => {
    const newest = await fetchNewestSnapshotTimes(sql, accounts.length > 0 ? accounts : undefined);
    if (newest.size === 0) throw await nothingSynced(sql, accounts);
    if (Math.max(...newest.values()) < from) throw noneSince(request, [...newest.values()]);
    const sampling = { since: from, now, every: await samplingEvery(sql, request, from, newest.size) };
    const { asset, snapshots } = await fetchAsked(sql, request, sampling);
    const series = seriesBy(snapshots, sampling);
    const found = series.accounts.map(({ account }) => account);
    const all = [...new Set([...newest.keys(), ...request.expected])];
    const absent = absentFrom(found, accounts.length > 0 || asset !== undefined ? accounts : all);
    return { from, to: now, asset, ...series, absent };
  });
}

/** The time in ms of which one snapshot of each account is read; 0, all of them, if few enough runs left one. */
async function samplingEvery(
  sql: Sql,
  { accounts, period }: HistoryRequest,
  from: number,
  synced: number,
): Promise<number> {
  const points = Math.max(MIN_POINTS, Math.floor(MAX_POINTS / (synced + 1)));
  const runs = await countRuns(sql, from, accounts.length > 0 ? accounts : undefined);
  return runs <= points ? 0 : Math.ceil(period / points);
}

/** All assets, or one asset of the accounts that held it. */
async function fetchAsked(sql: Sql, { accounts, asset: text }: HistoryRequest, sampling: Sampling) {
  const named = accounts.length > 0 ? accounts : undefined;
  if (text === undefined) return { asset: undefined, snapshots: await fetchSnapshots(sql, sampling, named) };
  const all = await fetchSnapshotAssets(sql, sampling.since);
  const held = named ? all.filter(({ account }) => named.includes(account)) : all;
  const asset = assetMeant(text, {
    assets: new Set(held.map((one) => one.asset)),
    missing: `no ${text} in the snapshots${whose(accounts)} in that period`,
    present: 'Assets in them',
    elsewhere: all.filter((one) => isMeant(text, one.asset)).map(({ account }) => account),
  });
  const holders = held.filter((one) => one.asset === asset).map(({ account }) => account);
  return { asset, snapshots: await fetchAssetSnapshots(sql, sampling, asset, holders) };
}

function seriesBy(
  snapshots: readonly Snapshot[],
  sampling: Sampling,
): Pick<ValueHistory, 'accounts' | 'total'> {
  const found = [...new Set(snapshots.map(({ account }) => account))].sort();
  return {
    accounts: found.map((account) => ({
      account,
      series: accountSeries(
        snapshots.filter((snapshot) => snapshot.account === account),
        sampling,
      ),
    })),
    total: found.length > 1 ? totalSeries(snapshots, sampling) : undefined,
  };
}

function noneSince({ accounts, now }: HistoryRequest, times: readonly number[]): ExpectedError {
  const newest = Math.max(...times);
  const days = Math.ceil((now - newest) / DAY_MS) + 1;
  return new ExpectedError('nothing-to-show', `there is no snapshot${whose(accounts)} in that period`, {
    fix:
      `The newest is of ${new Date(newest).toISOString().slice(0, 16)}Z: look further back with ` +
      `--history ${days}d, or take one now: ${syncCommand(accounts)}`,
  });
}
