import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import { LAST_MS } from '../models/day.js';

/** timestamptz columns as text that PostgreSQL reads exactly; our times are ms since 1970. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** A time in ms, from a date or ms; throws 'config' on one that this program never writes, which could hide history. */
export function msOf(time: unknown): number {
  const ms = time instanceof Date ? time.getTime() : time;
  // Neither a date nor a number if somebody gave the column another type.
  if (typeof ms === 'number' && ms >= 0 && ms <= LAST_MS) return ms;
  throw new ExpectedError(
    'config',
    'the database has an incompatible schema: a time in it is infinite or outside of the years 1970 to 9999',
    {
      fix: 'This program writes none such. Nothing was stored; put back what was changed there, or restore a backup.',
    },
  );
}

/** The database's time in ms. */
export async function fetchDatabaseTime(sql: Sql): Promise<number> {
  const [row] = await sql<{ now: Date }[]>`select now() as now`;
  return msOf(row?.now);
}

export const msOrNone = (time: Date | null): number | undefined => (time === null ? undefined : msOf(time));

/**
 * A time in whole ms since 1970, as a JSON number in a row and in JSON. A float8 would lose digits where
 * extra_float_digits is negative, which is not set behind PgBouncer.
 */
export const epochMs = (sql: Sql, time: PendingQuery<Row[]>) =>
  sql`to_json(floor(extract(epoch from ${time}) * 1000))`;
