import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { AccountTotals } from '../models/unread.js';
import { amount, localTime, optional, text } from './columns.js';
import { defineTable, fetchRecords, type RecordIn, recordsOf, rowsOf, type StoredRow } from './table.js';

/** The exchange's own total of an account. */
export const ACCOUNT_TOTALS = defineTable('account_totals', [], {
  value: optional(amount),
  currency: optional(text),
  readAt: localTime,
});

/** What an account has beside the wallets that are read. */
export const UNREAD_PRODUCTS = defineTable('unread_products', ['product', 'currency'], {
  product: text,
  currency: text,
  value: optional(amount),
  readAt: localTime,
});

/** Totals as rows of JSON; undefined: none are known. */
export function totalsRows(totals: AccountTotals | undefined) {
  const { total, products = [], readAt = 0 } = totals ?? {};
  return {
    ...rowsOf(ACCOUNT_TOTALS, totals ? [{ value: total?.value, currency: total?.currency, readAt }] : []),
    ...rowsOf(
      UNREAD_PRODUCTS,
      products.map((product) => ({ ...product, readAt })),
    ),
  };
}

/** What the last sync of an account found beside the wallets; undefined if it found out nothing. */
export async function fetchTotals(sql: Sql, account: AccountId): Promise<AccountTotals | undefined> {
  const totals = await fetchRecords(sql, ACCOUNT_TOTALS, account);
  return totalsFrom(totals, await fetchRecords(sql, UNREAD_PRODUCTS, account));
}

/** The same from rows that are read with others. */
export const totalsOf = (totals: readonly StoredRow[], products: readonly StoredRow[]) =>
  totalsFrom(recordsOf(ACCOUNT_TOTALS, totals), recordsOf(UNREAD_PRODUCTS, products));

function totalsFrom(
  [total]: readonly RecordIn<typeof ACCOUNT_TOTALS>[],
  products: AccountTotals['products'],
): AccountTotals | undefined {
  if (!total) return undefined;
  const { value, currency, readAt } = total;
  return {
    total: value === undefined || currency === undefined ? undefined : { value, currency },
    readAt,
    products: products.map(({ product, currency, value }) => ({ product, currency, value })),
  };
}
