import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal, toText } from '../models/decimal.js';
import type { Difference } from '../models/holdings.js';
import { msOrNone } from './times.js';

/** Differences as rows of JSON, amounts as text. */
export const differenceRow = ({ asset, amount }: Difference) => ({ asset, amount: toText(amount) });

/**
 * The part of an account's commit that replaces its differences by those of `lease.doc`. One of the amount that
 * is stored keeps its time, another has the time of the commit.
 */
export const savedDifferences = (sql: Sql) => sql`
  difference as (
    select lease.account, lease.at as since, given.*
      from lease, jsonb_to_recordset(lease.doc -> 'differences') as given(asset text, amount numeric)
  ),
  saved_differences as (
    insert into exchange_sync.differences as known (account, asset, amount, since)
    select account, asset, amount, since from difference
    on conflict (account, asset) do update set amount = excluded.amount, since = excluded.since
     where known.amount <> excluded.amount
  ),
  vanished_differences as (
    delete from exchange_sync.differences d using lease
     where d.account = lease.account and not exists (select from difference where difference.asset = d.asset)
  )`;

/** What the last sync of an account could not explain, by asset. */
export async function fetchDifferences(sql: Sql, account: AccountId): Promise<Difference[]> {
  const rows = await sql<{ asset: string; amount: string; since: Date | null }[]>`
    select asset, amount, since from exchange_sync.differences where account = ${account} order by asset`;
  return rows.map(({ asset, amount, since }) => ({
    asset,
    amount: parseDecimal(amount),
    since: msOrNone(since),
  }));
}
