import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { urlOf } from './urls.js';

/** Our own connection to a database for as long as `work` runs. */
export async function withSql<T>(
  database: ServerSettings,
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(urlOf(database), { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
