import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Difference } from '../models/holdings.js';
import { amount, localTime, optional, text } from './columns.js';
import { replacedRows } from './saved-rows.js';
import { defineTable, fetchRecords } from './table.js';

/** What the last sync of an account could not explain of its balances, and when that amount was first found. */
export const DIFFERENCES = defineTable('differences', ['asset'], {
  asset: text,
  amount,
  since: optional(localTime),
});

/** One of the amount that is stored keeps its time. */
export const savedDifferences = (sql: Sql) =>
  replacedRows(sql, DIFFERENCES, { replace: sql`where known.amount <> excluded.amount` });

export const fetchDifferences = async (sql: Sql, account: AccountId): Promise<Difference[]> =>
  await fetchRecords(sql, DIFFERENCES, account);
