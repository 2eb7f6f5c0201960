import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { isoTime, msOf } from './times.js';

/** A snapshot as an end of a bridge. */
export interface BridgeEnd {
  readonly runId: string;
  /** ms since 1970 */
  readonly time: number;
  readonly complete: boolean;
  /** The accounting version and settings of its totals; undefined if none were stored. */
  readonly settings: string | undefined;
}

export interface BridgeEnds {
  readonly newest: BridgeEnd;
  /** The newest one that is no younger than the time asked for. */
  readonly before: BridgeEnd | undefined;
  /** The oldest one after that time, and the oldest whose counts compare with those of the newest. */
  readonly oldest: BridgeEnd | undefined;
  readonly after: BridgeEnd | undefined;
}

/** The snapshots of an account that its change since a time (ms) is computed between; undefined without any. */
export async function fetchBridgeEnds(
  sql: Sql,
  account: AccountId,
  since: number,
): Promise<BridgeEnds | undefined> {
  const of = sql`
    select run_id, taken_at, complete, settings_hash from exchange_sync.snapshots where account = ${account}`;
  const [newest] = await sql<EndRow[]>`${of} order by taken_at desc limit 1`;
  if (!newest) return undefined;
  const [before] = await sql<
    EndRow[]
  >`${of} and taken_at <= ${isoTime(since)} order by taken_at desc limit 1`;
  const later = sql`${of} and taken_at > ${isoTime(since)}`;
  const [oldest] = await sql<EndRow[]>`${later} order by taken_at limit 1`;
  const [after] = await sql<EndRow[]>`
    ${later} and settings_hash = ${newest.settings_hash} order by taken_at limit 1`;
  return {
    newest: endOf(newest),
    before: before && endOf(before),
    oldest: oldest && endOf(oldest),
    after: after && endOf(after),
  };
}

interface EndRow {
  readonly run_id: string;
  readonly taken_at: Date;
  readonly complete: boolean;
  readonly settings_hash: string | null;
}

const endOf = ({ run_id, taken_at, complete, settings_hash }: EndRow): BridgeEnd => ({
  runId: run_id,
  time: msOf(taken_at),
  complete,
  settings: settings_hash ?? undefined,
});
