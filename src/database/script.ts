import type { Sql } from './connection.js';
import { ending, guards, movedLine, opening } from './script-text.js';
import type { Database } from './with-database.js';

/** Takes the next piece of text; false: no more is wanted. */
export type Take = (text: string) => Promise<boolean>;

/** Pages of a table that are read at once. */
const PAGES = 100;

interface Table {
  readonly name: string;
  readonly pages: number;
  /** The statement by which its rows leave `moved`. */
  readonly insert: string;
}

/**
 * All rows as a script for psql, piece by piece. No other process has the embedded database open, so that the
 * pieces are of one moment.
 */
export async function writeScript(database: Database, take: Take): Promise<void> {
  const tables = await database.run(fetchTables);
  let rows = 0;
  if (!(await take(opening()))) return;
  for (const table of tables) {
    for (let page = 0; page < table.pages; page += PAGES) {
      const read = await database.run((sql) => fetchRows(sql, table, page));
      rows += read.length;
      if (!(await take(read.map(({ row }) => movedLine(table.name, row)).join('')))) return;
    }
  }
  const sequences = await database.run(fetchSequences);
  const inserts = tables.map(({ insert }) => insert);
  await take([guards(), ...inserts, ...sequences, ending(rows)].join('\n'));
}

/**
 * Leases are of runs on this machine. What is the same for everybody may be there already. Numbers of rows that
 * the server gave itself begin after those that it has.
 */
async function fetchTables(sql: Sql): Promise<Table[]> {
  return await sql<Table[]>`
    select name, (pg_relation_size(oid) / current_setting('block_size')::integer)::integer as pages,
           format(case when own then 'insert into %1$s select r.* from pg_temp.moved m, jsonb_populate_record(null::%1$s, m.row) r where m.place = %1$L%2$s;'
                       else 'insert into %1$s select r.* from pg_temp.moved m, (select coalesce(max(id), 0) as last from %1$s) there,'
                         || ' jsonb_populate_record(null::%1$s, m.row || jsonb_build_object(''id'', (m.row ->> ''id'')::bigint + last)) r where m.place = %1$L;'
                   end, name, case when shared then ' on conflict do nothing' end) as insert
      from (
        select c.oid, format('%I.%I', n.nspname, c.relname) as name, n.nspname = 'exchange_sync' as own,
               c.relname in ('schema_migrations', 'dollars', 'exchange_cache') as shared
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and (n.nspname = 'exchange_sync' and c.relname <> 'leases'
               or n.nspname = 'public' and c.relname in ('portfolio_items', 'sync_history'))
      ) as tables
     order by name`;
}

/** As JSON, which keeps every digit of a numeric and names its columns, whatever order a server has them in. */
const fetchRows = async (sql: Sql, { name }: Table, page: number): Promise<{ row: string }[]> =>
  await sql<{ row: string }[]>`
    select to_jsonb(t)::text as row from ${sql(name)} t
     where ctid >= ${`(${page},0)`}::tid and ctid < ${`(${page + PAGES},0)`}::tid`;

/** The statements that continue the sequences of this database on the server. */
async function fetchSequences(sql: Sql): Promise<string[]> {
  const rows = await sql<{ statement: string }[]>`
    select format('do $$ begin perform setval(%1$L, greatest(%2$s, pg_sequence_last_value(%1$L))); end $$;',
                  'exchange_sync.arrivals', last_value) as statement
      from pg_sequences where schemaname = 'exchange_sync' and sequencename = 'arrivals' and last_value is not null
    union all
    -- One by one, for AlphaPulse's own are counted on, not set, by a role that was granted USAGE alone.
    select format('do $$ begin perform nextval(s) from (select pg_get_serial_sequence(%1$L, ''id'')::regclass) as own (s),
                     generate_series(coalesce(pg_sequence_last_value(s), 0) + 1, greatest(%2$s, (select max(id) from %1$s)));
                     end $$;',
                  name, pg_sequence_last_value(pg_get_serial_sequence(name, 'id')::regclass))
      from unnest(array['public.portfolio_items', 'public.sync_history']) as name
     where pg_sequence_last_value(pg_get_serial_sequence(name, 'id')::regclass) is not null`;
  return rows.map(({ statement }) => statement);
}
