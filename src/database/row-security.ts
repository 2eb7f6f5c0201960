import { ExpectedError } from '../errors.js';
import type { Sql } from './connection.js';

/** Commands of a run that only reads, and of one that writes, by pg_policy's letters: SELECT, INSERT, UPDATE, DELETE. */
export const READ = 'r';
export const WRITE = 'rawd';

type Commands = typeof READ | typeof WRITE;

/**
 * Throws 'config' if row-level security may hide rows of our tables from this role: missing rows are no error
 * to PostgreSQL, and every figure would silently be wrong.
 */
export async function refuseHiddenRows(sql: Sql, commands: Commands): Promise<void> {
  const tables = await fetchHidden(sql, commands);
  const [first] = tables;
  if (!first) return;
  const { role } = first;
  const policies = tables.map(
    ({ name }) => `CREATE POLICY exchange_sync ON ${name} TO ${role} USING (true) WITH CHECK (true);`,
  );
  throw new ExpectedError(
    'config',
    `row-level security hides rows from the role ${role}: ${tables.map(({ name }) => name).join(', ')}`,
    {
      fix: `As a superuser run: ALTER ROLE ${role} BYPASSRLS; or as the owner of the tables: ${policies.join(' ')}`,
    },
  );
}

interface HiddenTable {
  readonly name: string;
  readonly role: string;
}

/** Our tables to which a policy applies for this role, unless its policies admit every row for the commands. */
async function fetchHidden(sql: Sql, commands: Commands): Promise<readonly HiddenTable[]> {
  return await sql<HiddenTable[]>`
    with guarded as (
      select c.oid, format('%I.%I', n.nspname, c.relname) as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and c.relrowsecurity and row_security_active(c.oid)
         and (n.nspname = 'exchange_sync'
              or n.nspname = 'public' and c.relname in ('portfolio_items', 'sync_history'))
    ),
    policy as (
      select polrelid, polcmd, polpermissive,
             coalesce(pg_get_expr(polqual, polrelid), 'true') = 'true'
               and coalesce(pg_get_expr(polwithcheck, polrelid), 'true') = 'true' as admits_all
        from pg_policy
       where exists (select from unnest(polroles) role
                      where case role when 0 then true else pg_has_role(role, 'USAGE') end)
    )
    select name, quote_ident(current_user) as role
      from guarded
     where exists (
       select from unnest(string_to_array(${commands}, null)) command
        where not exists (select from policy where polrelid = oid and polcmd in ('*', command)
                             and polpermissive and admits_all)
           or exists (select from policy where polrelid = oid and polcmd in ('*', command)
                         and not polpermissive and not admits_all))
     order by name`;
}
