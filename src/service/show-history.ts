import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import type { Snapshot, ValueHistory } from '../models/history.js';
import type { DatabaseSettings } from '../models/settings.js';
import {
  fetchAssetSnapshots,
  fetchNewestSnapshotTimes,
  fetchSnapshotAssets,
  fetchSnapshots,
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

const DAY_MS = 86_400_000;

export interface HistoryRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to state even if they were never synced. */
  readonly expected: readonly AccountId[];
  /** One asset in place of all that an account holds. */
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
    const { asset, snapshots } = await fetchAsked(sql, request, from);
    const series = seriesBy(snapshots, now);
    const found = series.accounts.map(({ account }) => account);
    const all = [...new Set([...newest.keys(), ...request.expected])];
    const absent = absentFrom(found, accounts.length > 0 || asset !== undefined ? accounts : all);
    return { from, to: now, asset, ...series, absent };
  });
}

/** Everything, or the one asset of the accounts that held it. */
async function fetchAsked(sql: Sql, { accounts, asset: text }: HistoryRequest, from: number) {
  const named = accounts.length > 0 ? accounts : undefined;
  if (text === undefined) return { asset: undefined, snapshots: await fetchSnapshots(sql, from, named) };
  const all = await fetchSnapshotAssets(sql, from);
  const held = named ? all.filter(({ account }) => named.includes(account)) : all;
  const asset = assetMeant(text, {
    assets: new Set(held.map((one) => one.asset)),
    missing: `no ${text} in the snapshots${whose(accounts)} in that period`,
    present: 'Assets in them',
    elsewhere: all.filter((one) => isMeant(text, one.asset)).map(({ account }) => account),
  });
  const holders = held.filter((one) => one.asset === asset).map(({ account }) => account);
  return { asset, snapshots: await fetchAssetSnapshots(sql, from, asset, holders) };
}

function seriesBy(snapshots: readonly Snapshot[], now: number): Pick<ValueHistory, 'accounts' | 'total'> {
  const found = [...new Set(snapshots.map(({ account }) => account))].sort();
  return {
    accounts: found.map((account) => ({
      account,
      series: accountSeries(
        snapshots.filter((snapshot) => snapshot.account === account),
        now,
      ),
    })),
    total: found.length > 1 ? totalSeries(snapshots, now) : undefined,
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
