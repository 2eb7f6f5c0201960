import { ExpectedError } from '../errors.js';
import type { DatabaseSettings } from '../models/settings.js';
import { wayBack } from './backups.js';
import type { Sql } from './connection.js';

/** The numbers of all migrations, apart from their texts, which only a sync needs. */
const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** The newest migration's number. */
export const SCHEMA_VERSION: number = Math.max(...LEVELS);

/** Of the files that PGlite writes. */
export const POSTGRES_VERSION = '18';

/** A database by its kind and name, for messages. */
interface Place {
  readonly kind: DatabaseSettings['kind'];
  readonly place: string;
}

const UNDEFINED_TABLE = '42P01';

/** The version of the schema that the database has; undefined before the first sync. */
export async function fetchSchemaVersion(sql: Sql): Promise<number | undefined> {
  try {
    const rows = await sql<{ version: string }[]>`select version::text from exchange_sync.schema_migrations`;
    return rows.length === 0 ? undefined : versionOf(new Set(rows.map(({ version }) => version)));
  } catch (error) {
    if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return undefined;
    throw error;
  }
}

/** As far as there is no gap; a level that this program does not know is of a newer one. */
function versionOf(levels: ReadonlySet<string>): number {
  const known = LEVELS.map(String);
  if ([...levels].some((level) => !known.includes(level))) return SCHEMA_VERSION + 1;
  const missing = known.findIndex((level) => !levels.has(level));
  return missing === -1 ? SCHEMA_VERSION : (LEVELS[missing - 1] ?? 0);
}

/** The database was written by a newer program than this one. */
export const newerSchema = (database: Place): ExpectedError =>
  new ExpectedError('config', 'the database has a newer schema than this program', {
    fix: newerRemedy(database),
  });

export function newerRemedy({ kind, place }: Place): string {
  const update = 'Update exchange-sync to the version that wrote it; nothing was changed.';
  if (kind === 'server') return update;
  return `${update} Or ${wayBack(place, { postgres: POSTGRES_VERSION, schema: SCHEMA_VERSION })}`;
}

/** It waits for the next sync, as only that changes it. */
export const olderSchema = (): ExpectedError =>
  new ExpectedError('config', 'the database has an older schema than this program', {
    fix: 'Migrate it with: exchange-sync sync',
  });
