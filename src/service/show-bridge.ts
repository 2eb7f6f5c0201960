import { bridgeAssets, totalBridge } from '../accounting/bridge.js';
import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import {
  type AccountBridge,
  type Bridges,
  type Moment,
  UNBRIDGED,
  type UnbridgedAccount,
} from '../models/bridge.js';
import type { DatabaseSettings } from '../models/settings.js';
import { type BridgeEnd, type BridgeEnds, fetchBridgeEnds } from '../repository/bridge-ends.js';
import { fetchAssetMoments } from '../repository/pool-history.js';
import { fetchNewestSnapshotTimes } from '../repository/snapshots.js';
import {
  absentFrom,
  nothingSynced,
  type OpenDatabase,
  readStored,
  syncCommand,
  whose,
} from './read-stored.js';

export interface BridgeRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to list even if they were never synced. */
  readonly expected: readonly AccountId[];
  /** ms back from `now`. */
  readonly period: number;
  readonly now: number;
}

/** The attribution of value changes over a period up to the newest snapshots; throws what readStored throws, and 'nothing-to-show' without any. */
export async function showBridge(
  settings: DatabaseSettings,
  request: BridgeRequest,
  open: OpenDatabase,
): Promise<Bridges> {
  const { accounts: named, expected, now } = request;
  const since = Math.max(0, now - request.period);
  return await readStored(settings, named, open, async (sql) => {
    const newest = await fetchNewestSnapshotTimes(sql, named.length > 0 ? named : undefined);
    if (newest.size === 0) throw await nothingSynced(sql, named);
    const found: (AccountBridge | UnbridgedAccount)[] = [];
    for (const account of newest.keys()) found.push(...(await bridgeAccount(sql, account, since)));
    const accounts = found.filter((one) => 'total' in one);
    const unbridged = [
      ...found.filter((one) => 'reason' in one),
      ...absentFrom(newest.keys(), expected).map(unsynced),
    ];
    if (accounts.length === 0) throw noneToShow(named, unbridged);
    return { since, now, accounts, unbridged, total: totalBridge(accounts.flatMap(({ assets }) => assets)) };
  });
}

const unsynced = (account: AccountId): UnbridgedAccount => ({
  account,
  newest: undefined,
  reason: 'unsynced',
});

async function bridgeAccount(
  sql: Sql,
  account: AccountId,
  since: number,
): Promise<readonly (AccountBridge | UnbridgedAccount)[]> {
  const ends = await fetchBridgeEnds(sql, account, since);
  if (!ends) return [];
  const begin = beginOf(ends);
  if (typeof begin === 'string') return [{ account, newest: ends.newest.time, reason: begin }];
  const from = await fetchMoment(sql, account, begin.end);
  const to = await fetchMoment(sql, account, ends.newest);
  const assets = bridgeAssets(from, to);
  const { end, late } = begin;
  return [
    { account, from: momentOf(end), to: momentOf(ends.newest), late, assets, total: totalBridge(assets) },
  ];
}

interface Begin {
  readonly end: BridgeEnd;
  readonly late: AccountBridge['late'];
}

/** The snapshot at which the attribution begins, or why there is none. */
function beginOf({ newest, before, oldest, after }: BridgeEnds): Begin | UnbridgedAccount['reason'] {
  if (before?.runId === newest.runId) return 'old';
  if (before?.settings !== undefined && before.settings === newest.settings) {
    return { end: before, late: undefined };
  }
  const first = !before && (!after || after.runId === oldest?.runId);
  if (after && after.runId !== newest.runId) return { end: after, late: first ? 'first' : 'not-comparable' };
  return first && oldest?.runId === newest.runId ? 'single' : 'not-comparable';
}

const momentOf = ({ time, complete }: BridgeEnd): Omit<Moment, 'assets'> => ({ time, complete });

const fetchMoment = async (sql: Sql, account: AccountId, end: BridgeEnd): Promise<Moment> => ({
  ...momentOf(end),
  assets: await fetchAssetMoments(sql, account, end),
});

function noneToShow(named: readonly AccountId[], unbridged: readonly UnbridgedAccount[]): ExpectedError {
  const [first] = unbridged;
  const why = first ? UNBRIDGED[first.reason] : 'nothing is stored';
  return new ExpectedError('nothing-to-show', `there is no bridge to show${whose(named)}: ${why}`, {
    fix:
      first?.reason === 'old'
        ? `Look further back, with a longer time after --bridge, or sync now: ${syncCommand(named)}`
        : `It begins at the newest snapshot: sync again, now or in a while: ${syncCommand(named)}`,
  });
}
