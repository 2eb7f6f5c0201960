import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import type { Snapshot, ValueHistory } from '../models/history.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchNewestSnapshotTimes, fetchSnapshots } from '../repository/snapshots.js';
import { neverSynced, type OpenDatabase, readStored, syncCommand, whose } from './read-stored.js';
import { accountSeries, totalSeries } from './value-series.js';

const DAY_MS = 86_400_000;

export interface HistoryRequest {
  readonly accounts: readonly AccountId[];
  /** ms back from `now`. */
  readonly period: number;
  readonly now: number;
}

/** Values over a period up to now; throws what readStored throws, and 'nothing-to-show' without a snapshot. */
export async function showHistory(
  settings: DatabaseSettings,
  request: HistoryRequest,
  open: OpenDatabase,
): Promise<ValueHistory> {
  const { accounts, now } = request;
  const from = Math.max(0, now - request.period);
  const named = accounts.length > 0 ? accounts : undefined;
  return await readStored(settings, accounts, open, async (sql) => {
    const snapshots = await fetchSnapshots(sql, from, named);
    const newest = await fetchNewestSnapshotTimes(sql, named);
    if (snapshots.length === 0) throw noneSince(request, [...newest.values()]);
    const series = seriesBy(snapshots, now);
    const absent = (named ?? [...newest.keys()]).filter(
      (account) => !series.accounts.some((found) => found.account === account),
    );
    return { from, to: now, ...series, absent };
  });
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
  if (times.length === 0) return neverSynced(accounts);
  const newest = Math.max(...times);
  const days = Math.ceil((now - newest) / DAY_MS) + 1;
  return new ExpectedError('nothing-to-show', `there is no snapshot${whose(accounts)} in that period`, {
    fix:
      `The newest is of ${new Date(newest).toISOString().slice(0, 16)}Z: look further back with ` +
      `--history ${days}d, or take one now: ${syncCommand(accounts)}`,
  });
}
