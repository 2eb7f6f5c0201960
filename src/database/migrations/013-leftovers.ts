import type { Migration } from './migration.js';

/** Lists of markets that nothing reads any more, and accounts with failed runs only, which can now be removed too. */
export const leftovers: Migration = {
  version: 13,
  name: 'leftovers',
  up: (sql) => sql`
    -- Lists of markets are kept per host; earlier versions kept one for each account.
    delete from exchange_sync.exchange_cache where kind = 'markets' and account not like 'host: %';

    -- Names in its result are compared; the database's own setting would quote them.
    alter function exchange_sync.account_tables() set quote_all_identifiers = off;

    create or replace function exchange_sync.remove_account(old_name text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
    declare
      place record;
    begin
      if not exists (select from exchange_sync.snapshots where account = old_name)
         and not exists (select from exchange_sync.accounts where account = old_name)
         and not exists (select from exchange_sync.runs where account = old_name) then
        raise exception 'there is no account %', old_name;
      end if;
      if exists (select from exchange_sync.leases where account = old_name and expires_at > now()) then
        raise exception 'a sync of % is running', old_name;
      end if;
      for place in select * from exchange_sync.account_tables() loop
        execute format('delete from %s where %I = $1', place.name, place.account_column) using old_name;
      end loop;
    end $$;
  `,
};
