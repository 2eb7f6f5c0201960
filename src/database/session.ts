/**
 * PostgreSQL's own things and nothing else: a role that may create in a schema of the usual path could put a
 * function of a better fit before one that we call, and have it run by us. Tables are named with theirs.
 */
export const SEARCH_PATH = 'pg_catalog, pg_temp';

/**
 * Settings that change the text of values. A server, a database or a role can have others, by which a day and a
 * month would change places; PgBouncer passes these on in transaction mode.
 */
export const TEXT_FORMS = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  standard_conforming_strings: 'on',
} as const;

/**
 * The same of settings that PgBouncer refuses unless it is configured to let them pass. No reader depends on them:
 * times and amounts are text or JSON numbers, never float8, and no interval and no bytea is read.
 */
export const PINNED = {
  search_path: SEARCH_PATH,
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  // A commit is one statement, which must wait for a lock instead of failing.
  default_transaction_isolation: 'read committed',
} as const;
