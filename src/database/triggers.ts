import type { Sql } from './connection.js';

/**
 * Triggers that a sync sets off and whose functions somebody else can replace at any time, as
 * `touch on public.portfolio_items by alphapulse`: they run with the rights of this role, which is why they are reported.
 */
export async function fetchForeignTriggers(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ trigger: string }[]>`
    select format('%I on %I.%I by %I', t.tgname, n.nspname, c.relname, owner.rolname) as trigger
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_proc p on p.oid = t.tgfoid
      join pg_roles owner on owner.oid = p.proowner
     where not t.tgisinternal and t.tgenabled <> 'D' and not p.prosecdef and owner.rolname <> current_user
       and (n.nspname = 'exchange_sync' or n.nspname = 'public' and c.relname in ('portfolio_items', 'sync_history'))
     order by 1`;
  return rows.map(({ trigger }) => trigger);
}
