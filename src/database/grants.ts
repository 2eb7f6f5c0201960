import { ExpectedError } from '../errors.js';
import type { Sql } from './connection.js';

/** One operation over a fresh connection. */
export type Connection = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/** Says what an owner must run; asks the database for it, as what is missing depends on what is there. */
export async function explainPermission(
  cause: Error,
  role: string,
  connection: Connection,
): Promise<ExpectedError> {
  const grants = await connection(fetchMissingGrants).catch(() => []);
  const fix =
    grants.length > 0
      ? `As the owner of the database run: ${grants.join(' ')}`
      : `Run exchange-sync once as the owner of the tables, or make ${role} a member of that role.`;
  return new ExpectedError('config', `the role ${role} lacks a permission: ${cause.message}`, { fix, cause });
}

/**
 * The statements by which an owner gives this role what a sync needs and it lacks: what the first
 * migration asks for where none was made, then the tables. None where the refusal has another reason.
 */
export async function fetchMissingGrants(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ statement: string }[]>`
    with relation as (
      select c.oid, c.relkind, c.relowner, n.nspname, format('%I.%I', n.nspname, c.relname) as name,
             has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT')
               and has_table_privilege(c.oid, 'UPDATE') and has_table_privilege(c.oid, 'DELETE') as writable
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'exchange_sync' and c.relkind in ('r', 'S')
          or n.nspname = 'public' and c.relname in (
            'portfolio_items', 'sync_history', 'portfolio_items_id_seq', 'sync_history_id_seq')
    ),
    ours as (select oid, nspname from pg_namespace where nspname = 'exchange_sync'),
    -- Nothing was migrated yet; an admin may have made the schema.
    fresh as (select where not exists (select from relation where name = 'exchange_sync.schema_migrations')),
    lacking (place, statement, role) as (
      select 1, format('GRANT CREATE ON DATABASE %I', current_database()), current_user
        from fresh where not exists (select from ours) and not has_database_privilege(current_database(), 'CREATE')
      union all
      select 1, 'GRANT CREATE ON SCHEMA exchange_sync', current_user
        from fresh, ours where not has_schema_privilege(oid, 'CREATE')
      union all
      select 2, 'GRANT USAGE, CREATE ON SCHEMA public', current_user
        from fresh where not has_schema_privilege('public', 'CREATE')
      union all
      select 3, 'GRANT USAGE ON SCHEMA public', current_user
       where exists (select from ours) and not has_schema_privilege('public', 'USAGE')
      union all
      select 4, 'GRANT USAGE ON SCHEMA exchange_sync', current_user from ours where not has_schema_privilege(oid, 'USAGE')
      union all
      select 5, 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA exchange_sync', current_user
        from relation where nspname = 'exchange_sync' and relkind = 'r' having not bool_and(writable)
      union all
      select 6, 'GRANT SELECT, INSERT, UPDATE, DELETE ON ' || name, current_user
        from relation where nspname = 'public' and relkind <> 'S' and not writable
      union all
      select 7, 'GRANT USAGE ON SEQUENCE ' || name, current_user
        from relation where case relkind when 'S' then not has_sequence_privilege(oid, 'USAGE') end
      union all
      -- An index takes an owner, which no GRANT gives.
      select 8, 'CREATE UNIQUE INDEX ON public.portfolio_items (exchange_id, asset)', null
        from fresh, relation r
       where r.oid = to_regclass('public.portfolio_items') and not pg_has_role(r.relowner, 'USAGE')
         and not exists (select from pg_index where indrelid = r.oid and indisunique and not indisprimary)
    )
    select statement || coalesce(' TO ' || quote_ident(role), '') || ';' as statement from lacking order by place, 1`;
  return rows.map(({ statement }) => statement);
}
