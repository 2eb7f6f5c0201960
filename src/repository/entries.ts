import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal, toText } from '../models/decimal.js';
import type { Entry } from '../models/events.js';
import { isoTime, msOf } from './times.js';

/** Entries as rows of JSON, amounts as text. */
export const entryRow = (entry: Entry) => ({
  entry_id: entry.id,
  kind: entry.kind,
  asset: entry.asset,
  amount: toText(entry.amount),
  time: isoTime(entry.time),
  reason: entry.reason,
  balance: toText(entry.balance),
  balance_at: isoTime(entry.balanceAt),
});

/**
 * The part of a commit that stores the entries of `lease.doc`. An amount of 0 removes the entry. A changed
 * one is numbered as an arrival again, with the earliest time that the change affects.
 */
export const savedEntries = (sql: Sql) => sql`
  entry as (
    select lease.account, given.*
      from lease, jsonb_to_recordset(lease.doc -> 'entries') as given(
        entry_id text, kind text, asset text, amount numeric, time timestamptz, reason text, balance numeric,
        balance_at timestamptz)
  ),
  saved_entries as (
    insert into exchange_sync.entries as known (
      account, entry_id, kind, asset, amount, time, reason, balance, balance_at, affects_from)
    select account, entry_id, kind, asset, amount, time, reason, balance, balance_at, time from entry where amount <> 0
    on conflict (account, entry_id) do update
       set amount = excluded.amount, time = excluded.time, reason = excluded.reason, arrival = excluded.arrival,
           affects_from = least(known.time, excluded.time)
     where (known.amount, known.time) is distinct from (excluded.amount, excluded.time)
    returning arrival
  ),
  removed_entries as (
    delete from exchange_sync.entries e using entry
     where e.account = entry.account and e.entry_id = entry.entry_id and entry.amount = 0
  )`;

/** The entries of an account in a span of time: after `from`, up to and including `to`. */
export async function fetchEntries(
  sql: Sql,
  account: AccountId,
  { from, to }: { readonly from: string; readonly to: string } = { from: '-infinity', to: 'infinity' },
): Promise<Entry[]> {
  const rows = await sql<EntryRow[]>`
    select entry_id, kind, asset, amount, time, reason, balance, balance_at
      from exchange_sync.entries
     where account = ${account} and time > ${from}::text::timestamptz and time <= ${to}::text::timestamptz`;
  return rows.map(entryOf);
}

interface EntryRow {
  readonly entry_id: string;
  readonly kind: Entry['kind'];
  readonly asset: string;
  readonly amount: string;
  readonly time: Date;
  readonly reason: string;
  readonly balance: string;
  readonly balance_at: Date;
}

const entryOf = (row: EntryRow): Entry => ({
  id: row.entry_id,
  kind: row.kind,
  asset: row.asset,
  amount: parseDecimal(row.amount),
  time: msOf(row.time),
  reason: row.reason,
  balance: parseDecimal(row.balance),
  balanceAt: msOf(row.balance_at),
});
