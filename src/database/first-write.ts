import { ExpectedError } from '../errors.js';
import type { Sql } from './connection.js';
import type { Database } from './with-database.js';

/** How many are named in a message. */
const NAMED = 3;

export interface FirstWrite {
  /** `--init`: the user has confirmed that this is the right database. */
  readonly isAgreed: boolean;
  /** Called before the first table is made in a database of a server. */
  readonly announce: (place: string) => Promise<void>;
}

/**
 * Before the first table is made in a database: the one of another application may have been configured by
 * accident. Throws 'config' if it holds tables of others and the user has not confirmed.
 */
export async function beforeFirstWrite(
  database: Database,
  { isAgreed, announce }: FirstWrite,
): Promise<void> {
  if (database.kind === 'embedded') return;
  const foreign = isAgreed ? [] : await database.run(fetchForeignTables);
  if (foreign.length > 0) throw othersAreThere(database.place, foreign);
  await announce(database.place);
}

/** Tables of neither PostgreSQL, an extension, this program nor AlphaPulse; none where both of AlphaPulse's are. */
async function fetchForeignTables(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ name: string; isAlphapulse: boolean }[]>`
    select format('%I.%I', n.nspname, c.relname) as name,
           n.nspname = 'public' and c.relname in ('portfolio_items', 'sync_history') as "isAlphapulse"
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'f')
       and n.nspname not in ('pg_catalog', 'information_schema', 'exchange_sync')
       and n.nspname !~ '^pg_(toast|temp)'
       and not exists (
         select from pg_depend d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1`;
  const isAdopted = rows.filter(({ isAlphapulse }) => isAlphapulse).length === 2;
  return isAdopted ? [] : rows.flatMap(({ name, isAlphapulse }) => (isAlphapulse ? [] : [name]));
}

function othersAreThere(place: string, tables: readonly string[]): ExpectedError {
  const more = tables.length > NAMED ? ` and ${tables.length - NAMED} more` : '';
  const named = `${tables.slice(0, NAMED).join(', ')}${more}`;
  return new ExpectedError(
    'config',
    `the database ${place} belongs to another application: it has ${named}`,
    {
      fix: `Nothing was written. If it is the right database: exchange-sync sync --init\nIf not: set DATABASE_URL (or DB_HOST and DB_NAME) to a database for exchange-sync, or create one: createdb exchange_sync`,
    },
  );
}
