import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';

/** Characters of a failure's message that are stored and read. */
const MAX_TEXT = 2_000;

/** A message for a column, cut to what a person reads. */
export const bounded = (text: string): string =>
  text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;

/** The same of what is stored: others can write into a database. */
export const boundedColumn = (sql: Sql, column: PendingQuery<Row[]>): PendingQuery<Row[]> =>
  sql`case when length(${column}) > ${MAX_TEXT}::integer then left(${column}, ${MAX_TEXT - 1}::integer) || '…' else ${column} end`;
