import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';

/** Characters of a failure's message that are stored and read. */
export const MAX_MESSAGE = 2_000;

/** A message for a column, cut to what a person reads. */
export const bounded = (text: string, limit = MAX_MESSAGE): string =>
  text.length > limit ? `${text.slice(0, limit - 1)}…` : text;

/** The same of what is stored: others can write into a database. */
export const boundedColumn = (
  sql: Sql,
  column: PendingQuery<Row[]>,
  limit = MAX_MESSAGE,
): PendingQuery<Row[]> =>
  sql`case when length(${column}) > ${limit}::integer then left(${column}, ${limit - 1}::integer) || '…' else ${column} end`;
