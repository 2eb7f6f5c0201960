import { ExpectedError } from '../errors.js';
import type { Sql } from './connection.js';

const ENCODING = 'UTF8';

/** Throws 'config' if the database cannot hold every name: there are coins with names in Chinese. */
export async function requireUtf8(sql: Sql): Promise<void> {
  const [database] = await sql<{ name: string; encoding: string }[]>`
    select datname as name, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`;
  if (!database || database.encoding === ENCODING) return;
  throw new ExpectedError(
    'config',
    `the database ${database.name} is not UTF-8: its encoding is ${database.encoding}`,
    {
      fix:
        'Create another with: createdb --encoding=UTF8 --template=template0 NAME; name it in DB_NAME or DATABASE_URL, ' +
        'and copy the stored data with pg_dump and psql. Nothing was stored.',
    },
  );
}
