import { ExpectedError } from '../errors.js';
import { wayBack } from './backups.js';
import type { Sql } from './connection.js';
import type { Database } from './with-database.js';

/** The newest migration's number, apart from their texts: what only reads has no use for those. */
export const SCHEMA_VERSION = 6;

/** Of the files that PGlite writes. */
export const POSTGRES_VERSION = '18';

const UNDEFINED_TABLE = '42P01';

/** The version of the schema that the database has; undefined before the first sync. */
export async function fetchSchemaVersion(sql: Sql): Promise<number | undefined> {
  try {
    const [row] = await sql<{ version: number | null }[]>`
      select max(version) as version from exchange_sync.schema_migrations`;
    return row?.version ?? undefined;
  } catch (error) {
    if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return undefined;
    throw error;
  }
}

/** The database was written by a newer program than this one. */
export const newerSchema = (database: Database): ExpectedError =>
  new ExpectedError('config', 'the database has a newer schema than this program', {
    fix: newerRemedy(database),
  });

export function newerRemedy({ kind, place }: Database): string {
  const update = 'Update exchange-sync to the version that wrote it; nothing was changed.';
  if (kind === 'server') return update;
  return `${update} Or ${wayBack(place, { postgres: POSTGRES_VERSION, schema: SCHEMA_VERSION })}`;
}

/** It waits for the next sync, as only that changes it. */
export const olderSchema = (): ExpectedError =>
  new ExpectedError('config', 'the database has an older schema than this program', {
    fix: 'Bring it up to date: exchange-sync sync',
  });
