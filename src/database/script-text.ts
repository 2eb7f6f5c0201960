import { SEARCH_PATH } from './session.js';
import { MIGRATIONS } from './migrate.js';
import { asText, hashOf, type Migration, recordTable } from './migrations/migration.js';

const schemaText = (): string => [recordTable(asText), ...MIGRATIONS.map(migrationText)].join(';\n');

/** Recorded with the rest of what is moved. */
const migrationText = (migration: Migration): string =>
  `-- ${migration.version} ${migration.name} ${hashOf(migration)}\n${migration.up(asText)}`;

/** Up to the rows: one transaction, and the tables where the server has none. */
export const opening =
  (): string => `-- All that an embedded database of exchange-sync holds. Into a PostgreSQL server, whole or not at all:
--   psql "$DATABASE_URL" -f THIS_FILE
\\set ON_ERROR_STOP on
\\set QUIET on
set client_encoding = 'UTF8';
set client_min_messages = warning;
set search_path = ${SEARCH_PATH};
begin;
select to_regnamespace('exchange_sync') is null as no_schema,
       to_regclass('exchange_sync.schema_migrations') is null as no_tables \\gset
\\if :no_schema
create schema exchange_sync;
\\endif
\\if :no_tables
${schemaText()};
\\endif
create temp table moved (place text not null, row jsonb not null);
copy pg_temp.moved from stdin;
`;

/** A row of `moved`: JSON has no tab or line break of its own, and COPY takes a backslash for its own. */
export const movedLine = (place: string, row: string): string =>
  `${place}\t${row.replaceAll('\\', '\\\\')}\n`;

/** Refuses what would mix two histories of one account, or two schemas. */
export const guards = (): string => `\\.
do $$
declare
  held record;
  others text;
begin
  if (select array_agg(version order by version) from exchange_sync.schema_migrations)
     <> (select array_agg((row ->> 'version')::integer order by (row ->> 'version')::integer)
           from pg_temp.moved where place = 'exchange_sync.schema_migrations') then
    raise exception 'this database has the tables of another version of exchange-sync'
      using hint = 'Run exchange-sync sync on it with the version that wrote this file; nothing was changed.';
  end if;
  for held in
    select distinct place, case when row ? 'exchange_id' then 'exchange_id' else 'account' end as name
      from pg_temp.moved where row ?| array['account', 'exchange_id'] and place <> 'exchange_sync.exchange_cache'
  loop
    execute format('select string_agg(distinct %2$I, '', '') from %1$s
                     where %2$I in (select row ->> %2$L from pg_temp.moved where place = %1$L)', held.place, held.name)
      into others;
    if others is not null then
      raise exception 'this database already holds rows of % in %', others, held.place
        using hint = 'Move into a database that these accounts were never synced into; nothing was changed.';
    end if;
  end loop;
end $$;
`;

export const ending = (rows: number): string => `commit;
\\echo exchange-sync: all ${rows} rows are here. Set DATABASE_URL for exchange-sync, and sync.
`;
