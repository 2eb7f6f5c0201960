import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Part, PartStatus, StoredGap } from '../models/coverage.js';
import { choice, flag, message, optional, time } from './columns.js';
import { defineTable, fetchRecords } from './table.js';

const MAX_TEXT = 1_000;

/** What could not be read of an account, by part. */
export const COVERAGE = defineTable('coverage', ['part'], {
  part: choice<Part>(),
  status: choice<PartStatus>(),
  reason: message(MAX_TEXT),
  fix: optional(message(MAX_TEXT)),
  affects: flag,
  since: time,
});

export const fetchGaps = async (sql: Sql, account: AccountId): Promise<StoredGap[]> =>
  await fetchRecords(sql, COVERAGE, account);
