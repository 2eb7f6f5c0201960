import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal, toText } from '../models/decimal.js';
import type { AccountTotals } from '../models/unread.js';
import { lastOfEach } from './event-rows.js';
import { epochMs, isoTime } from './times.js';

/** Totals as rows of JSON, amounts as text; undefined: none are known. */
export const totalsRows = (totals: AccountTotals | undefined) => ({
  totals: totals
    ? [
        {
          value: totals.total && toText(totals.total.value),
          currency: totals.total?.currency,
          read_at: isoTime(totals.readAt),
        },
      ]
    : [],
  unread: totals
    ? lastOfEach(totals.products, ({ product, currency }) => `${product} ${currency}`).map((one) => ({
        product: one.product,
        currency: one.currency,
        value: one.value && toText(one.value),
        read_at: isoTime(totals.readAt),
      }))
    : [],
});

/** The part of an account's commit that replaces what is known of its unread products. */
export const savedTotals = (sql: Sql) => sql`
  total as (
    select lease.account, given.value, given.currency, given.read_at + lease.clock_lag as read_at
      from lease, jsonb_to_recordset(lease.doc -> 'totals') as given(value numeric, currency text, read_at timestamptz)
  ),
  saved_totals as (
    insert into exchange_sync.account_totals (account, value, currency, read_at)
    select account, value, currency, read_at from total
    on conflict (account) do update
       set value = excluded.value, currency = excluded.currency, read_at = excluded.read_at
  ),
  vanished_totals as (
    delete from exchange_sync.account_totals t using lease
     where t.account = lease.account and not exists (select from total)
  ),
  beside as (
    select lease.account, given.product, given.currency, given.value, given.read_at + lease.clock_lag as read_at
      from lease, jsonb_to_recordset(lease.doc -> 'unread') as given(
        product text, currency text, value numeric, read_at timestamptz)
  ),
  saved_unread_products as (
    insert into exchange_sync.unread_products (account, product, currency, value, read_at)
    select account, product, currency, value, read_at from beside
    on conflict (account, product, currency) do update set value = excluded.value, read_at = excluded.read_at
  ),
  vanished_unread_products as (
    delete from exchange_sync.unread_products p using lease
     where p.account = lease.account
       and not exists (select from beside where beside.product = p.product and beside.currency = p.currency)
  )`;

interface TotalRow {
  readonly value: string | null;
  readonly currency: string | null;
  readonly read_at: number;
}

interface UnreadRow {
  readonly product: string;
  readonly currency: string;
  readonly value: string | null;
}

/** The rows of both tables of an account, as parts of a statement; amounts as text, times in ms. */
export const totalRows = (sql: Sql, account: PendingQuery<Row[]>): PendingQuery<Row[]> => sql`
  select value::text, currency, ${epochMs(sql, sql`read_at`)} as read_at
    from exchange_sync.account_totals where account = ${account}`;

export const unreadRows = (sql: Sql, account: PendingQuery<Row[]>): PendingQuery<Row[]> => sql`
  select product, currency, value::text
    from exchange_sync.unread_products where account = ${account} order by product, currency`;

/** What the last sync of an account found beside the wallets; undefined if it found out nothing. */
export async function fetchTotals(sql: Sql, account: AccountId): Promise<AccountTotals | undefined> {
  const totals = await sql<TotalRow[]>`${totalRows(sql, sql`${account}`)}`;
  return totalsOf(totals, await sql<UnreadRow[]>`${unreadRows(sql, sql`${account}`)}`);
}

export function totalsOf(
  [total]: readonly TotalRow[],
  unread: readonly UnreadRow[],
): AccountTotals | undefined {
  if (!total) return undefined;
  const { value, currency, read_at } = total;
  return {
    total: value === null || currency === null ? undefined : { value: parseDecimal(value), currency },
    readAt: read_at,
    products: unread.map((one) => ({
      product: one.product,
      currency: one.currency,
      value: one.value === null ? undefined : parseDecimal(one.value),
    })),
  };
}
