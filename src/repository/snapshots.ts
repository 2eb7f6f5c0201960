import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type Decimal, parseDecimal } from '../models/decimal.js';
import type { Snapshot } from '../models/history.js';
import { isoTime, msOf } from './times.js';

export interface Sampling {
  /** ms since 1970; younger snapshots than `since` are read. */
  readonly since: number;
  readonly now: number;
  /** The length in ms of the times of which one snapshot each is read, counted back from `now`; 0: all are. */
  readonly every: number;
}

/**
 * Of each account named, or of all, one snapshot of each time of the sampling: the newest complete one, in the
 * newest time the newest of all. Oldest first.
 */
export async function fetchSnapshots(
  sql: Sql,
  sampling: Sampling,
  accounts?: readonly AccountId[],
): Promise<Snapshot[]> {
  const rows = await sql<SnapshotRow[]>`
    with recursive ${sampled(sql, sampling, accounts)}
    select account, run_id, taken_at, complete, value, to_jsonb(unpriced_assets) as unpriced
      from sampled order by taken_at, account`;
  return rows.map(snapshotOf);
}

/** How many runs since a time left snapshots of the accounts named, or of all. */
export async function countRuns(sql: Sql, since: number, accounts?: readonly AccountId[]): Promise<number> {
  const [row] = await sql<{ runs: number }[]>`
    select count(distinct run_id)::int as runs
      from exchange_sync.snapshots where taken_at >= ${isoTime(since)} and ${among(sql, accounts)}`;
  return row?.runs ?? 0;
}

/** The sampled snapshots, account by account, so that each reads the end of its own part of the index. */
const sampled = (sql: Sql, { since, now, every }: Sampling, accounts?: readonly AccountId[]) => sql`
  ${syncedAccounts(sql)},
  sampled as (
    select found.*
      from synced, lateral (
        select distinct on (part) s.*
          from exchange_sync.snapshots s,
               lateral (select date_bin(${Math.max(1, every)}::float8 * interval '1 millisecond', taken_at,
                                        ${isoTime(now)}::text::timestamptz) as part) as bin
         where s.account = synced.account and taken_at >= ${isoTime(since)}
         order by part, (complete or part >= ${isoTime(now - every)}) desc, taken_at desc) as found
     where ${among(sql, accounts, sql`synced.account`)}
  )`;

/** Which assets the snapshots of each account since a time hold. */
export async function fetchSnapshotAssets(
  sql: Sql,
  since: number,
): Promise<{ account: AccountId; asset: string }[]> {
  return await sql`
    select distinct account, item.asset
      from exchange_sync.snapshots join exchange_sync.snapshot_items item using (account, run_id)
     where taken_at >= ${isoTime(since)} order by account`;
}

/** The same as fetchSnapshots of one asset alone: 0 where every wallet was read and none held it. */
export async function fetchAssetSnapshots(
  sql: Sql,
  sampling: Sampling,
  asset: string,
  accounts: readonly AccountId[],
): Promise<Snapshot[]> {
  const rows = await sql<SnapshotRow[]>`
    with recursive ${sampled(sql, sampling, accounts)}
    select account, run_id, taken_at, complete, '[]'::jsonb as unpriced,
           case when item.asset is not null then item.price * item.quantity when complete then 0 end as value
      from sampled
      left join (select * from exchange_sync.snapshot_items where asset = ${asset}) as item using (account, run_id)
     order by taken_at, account`;
  return rows.map(snapshotOf);
}

interface SnapshotRow {
  readonly account: string;
  readonly run_id: string;
  readonly taken_at: Date;
  readonly complete: boolean;
  readonly value: string | null;
  readonly unpriced: string[];
}

const snapshotOf = ({ account, run_id, taken_at, complete, value, unpriced }: SnapshotRow): Snapshot => ({
  account,
  runId: run_id,
  takenAt: msOf(taken_at),
  complete,
  value: value === null ? undefined : parseDecimal(value),
  unpriced,
});

/** When the newest snapshot of each account named, or of all, was taken. */
export async function fetchNewestSnapshotTimes(
  sql: Sql,
  accounts?: readonly AccountId[],
): Promise<Map<AccountId, number>> {
  const rows = await sql<{ account: string; newest: Date }[]>`
    with recursive ${syncedAccounts(sql)}
    select account, newest
      from synced, lateral (
        select max(taken_at) as newest from exchange_sync.snapshots s where s.account = synced.account) as own
     where ${among(sql, accounts)} order by account`;
  return new Map(rows.map(({ account, newest }) => [account, msOf(newest)]));
}

/** The first snapshot of an account between two times (ms), and whether it is the newest of all. */
export async function fetchFirstSnapshot(
  sql: Sql,
  account: AccountId,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<(Snapshot & { readonly isNewest: boolean }) | undefined> {
  const [row] = await sql<(SnapshotRow & { is_newest: boolean })[]>`
    select account, run_id, taken_at, complete, value, to_jsonb(unpriced_assets) as unpriced,
           not exists (select from exchange_sync.snapshots newer
                        where newer.account = s.account and newer.taken_at > s.taken_at) as is_newest
      from exchange_sync.snapshots s
     where account = ${account} and taken_at between ${isoTime(from)} and ${isoTime(until)}
     order by taken_at limit 1`;
  return row && { ...snapshotOf(row), isNewest: row.is_newest };
}

/** Whether any sync of an account has read every wallet and stream that its figures need. */
export async function fetchWasComplete(sql: Sql, account: AccountId): Promise<boolean> {
  const rows = await sql`select from exchange_sync.runs where account = ${account} and success limit 1`;
  return rows.length > 0;
}

/**
 * For which share of the value that an account held at a time (ms) the cost was known, from 0 to 1; by the
 * newest complete snapshot up to it. Undefined without one, or if nothing in it had a price.
 */
export async function fetchCostKnownAt(
  sql: Sql,
  account: AccountId,
  time: number,
): Promise<Decimal | undefined> {
  const [row] = await sql<{ known: string | null }[]>`
    select sum(price * known_quantity) / nullif(sum(price * quantity), 0) as known
      from exchange_sync.snapshot_items item
     where price is not null and quantity > 0 and (account, run_id) = (
       select account, run_id from exchange_sync.snapshots
        where account = ${account} and complete and taken_at <= ${isoTime(time)}
        order by taken_at desc limit 1)`;
  return row?.known === null || row === undefined ? undefined : parseDecimal(row.known);
}

const among = (sql: Sql, accounts?: readonly AccountId[], account = sql`account`) =>
  accounts ? sql`${account} in ${sql(accounts)}` : sql`true`;

/** All accounts with a snapshot: those that were ever synced. */
export const syncedAccounts = (sql: Sql) => accountsOf(sql, 'synced', sql`exchange_sync.snapshots`);

/** All accounts with a run, also if every run failed. */
export const triedAccounts = (sql: Sql) => accountsOf(sql, 'tried', sql`exchange_sync.runs`);

/** A recursive query from one account to the next by the index: `distinct` would read every row. */
const accountsOf = (sql: Sql, name: string, table: PendingQuery<Row[]>) => sql`
  ${sql(name)} as (
    (select account from ${table} order by account limit 1)
    union all
    select next.account from ${sql(name)}, lateral (
      select account from ${table} where account > ${sql(name)}.account order by account limit 1) as next
  )`;

/** Ends of the pauses between snapshots of an account that were longer than `longest` (ms), since a time (ms). */
export async function fetchGaps(
  sql: Sql,
  account: AccountId,
  { since, longest }: { readonly since: number; readonly longest: number },
): Promise<{
  readonly snapshots: number;
  readonly gaps: readonly { readonly to: number; readonly length: number }[];
}> {
  const [row] = await sql<{ snapshots: string; gaps: { to: number; length: number }[] }[]>`
    with paused as (
      select taken_at, taken_at - lag(taken_at) over (order by taken_at) as pause
        from exchange_sync.snapshots where account = ${account} and taken_at between ${isoTime(since)} and '9999-12-31'
    )
    select count(*)::text as snapshots,
           coalesce(jsonb_agg(jsonb_build_object('to', floor(extract(epoch from taken_at) * 1000)::int8,
                                                 'length', floor(extract(epoch from pause) * 1000)::int8))
             filter (where pause > ${longest}::float8 * interval '1 millisecond'), '[]') as gaps
      from paused`;
  return { snapshots: Number.parseInt(row?.snapshots ?? '0', 10), gaps: row?.gaps ?? [] };
}
