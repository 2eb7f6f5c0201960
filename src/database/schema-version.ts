import type { Sql } from './connection.js';

/** The newest migration's number, apart from their texts: what only reads has no use for those. */
export const SCHEMA_VERSION = 6;

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
