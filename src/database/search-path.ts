import type { Sql } from './connection.js';

/**
 * Schemas of the search path in which others may create, and so put a function before one that is called
 * here. None where the path is pinned; behind PgBouncer it is that of the role.
 */
export async function fetchOpenSchemas(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ name: string }[]>`
    select n.nspname as name from pg_namespace n
     where n.nspname = any (current_schemas(false))
       and exists (
         select from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) as entry
          where entry.privilege_type = 'CREATE' and entry.grantee <> n.nspowner
            and entry.grantee <> (select oid from pg_roles where rolname = current_user))
     order by 1`;
  return rows.map(({ name }) => name);
}
