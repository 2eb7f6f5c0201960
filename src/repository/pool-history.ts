import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { AssetMoment, Counts } from '../models/bridge.js';
import { parseDecimal, ZERO } from '../models/decimal.js';
import { joined, listed } from './columns.js';
import { POOL_HISTORY } from './ledger-tables.js';
import { replacedColumns } from './saved-rows.js';
import { isoTime } from './times.js';

/** The columns of `pool_history` that a pool has too. */
const COUNTED = POOL_HISTORY.columns.filter(({ name }) => !POOL_HISTORY.key.includes(name));
const NAMES = COUNTED.map(({ name }) => name);
/** `moved` has these two together. */
const COUNTS = COUNTED.filter(({ name }) => name !== 'quantity' && name !== 'missing');

/**
 * The part of an account's commit that records what its ledger had counted; it needs `lease` and `given_pools`.
 * Only what changed since the last snapshot makes a row, so that a run in which nothing happened leaves none;
 * a ledger that is updated again for a snapshot replaces what was recorded for it.
 */
export const savedPoolHistory = (sql: Sql) => sql`
  counted as (
    select account, asset, ${listed(sql, NAMES)} from given_pools
    union all
    -- An asset whose events were all replaced has counted nothing.
    select gone.account, gone.asset, ${joined(
      sql,
      NAMES.map(() => sql`0`),
    )}
      from exchange_sync.pools gone join lease using (account)
     where not exists (select from given_pools pool where pool.asset = gone.asset)
  ),
  saved_pool_history as (
    insert into exchange_sync.pool_history (account, asset, since, ${listed(sql, NAMES)})
    select c.account, c.asset, lease.at, ${listed(sql, NAMES, 'c')}
      from lease cross join counted c
      left join lateral (
        select * from exchange_sync.pool_history h
         where h.account = c.account and h.asset = c.asset order by h.since desc limit 1) as last on true
     where (${listed(sql, NAMES, 'last')}) is distinct from (${listed(sql, NAMES, 'c')})
    on conflict (account, asset, since) do update set ${replacedColumns(sql, POOL_HISTORY)}
  )`;

/** The assets of an account at one of its snapshots: those held, and those that anything was ever counted of. */
export async function fetchAssetMoments(
  sql: Sql,
  account: AccountId,
  { runId, time }: { readonly runId: string; readonly time: number },
): Promise<ReadonlyMap<string, AssetMoment>> {
  const rows = await sql<MomentRow[]>`
    select asset, item.quantity as held, item.price, counted.quantity - counted.missing as moved, ${listed(sql, NAMES, 'counted')}
      from (select * from exchange_sync.snapshot_items where account = ${account} and run_id = ${runId}) as item
      full join (
        select distinct on (asset) * from exchange_sync.pool_history
         where account = ${account} and since <= ${isoTime(time)} order by asset, since desc) as counted using (asset)`;
  return new Map(rows.map((row) => [row.asset, assetMoment(row)]));
}

interface MomentRow extends Readonly<Record<string, string | null>> {
  readonly asset: string;
  readonly held: string | null;
  readonly price: string | null;
  readonly moved: string | null;
}

const assetMoment = (row: MomentRow): AssetMoment => ({
  quantity: amountOf(row.held),
  price: row.price === null ? undefined : parseDecimal(row.price),
  counts: countsOf(row),
});

const countsOf = (row: MomentRow): Counts =>
  ({
    ...Object.fromEntries(COUNTS.map(({ property, name }) => [property, amountOf(row[name] ?? null)])),
    moved: amountOf(row.moved),
  }) as Counts;

/** What is not held has no balance, and what never moved has counted nothing. */
const amountOf = (text: string | null) => (text === null ? ZERO : parseDecimal(text));
