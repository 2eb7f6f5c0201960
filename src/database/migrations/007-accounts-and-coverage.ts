import type { Migration } from './migration.js';

/** Which account of the exchange each name stands for, and what of it could not be read. */
export const accountsAndCoverage: Migration = {
  version: 7,
  name: 'accounts-and-coverage',
  up: (sql) => sql`
    create table exchange_sync.accounts (
      account text primary key,
      exchange text not null,
      environment text not null check (environment in ('live', 'testnet', 'demo')),
      -- null: the exchange does not report one.
      exchange_account_id text,
      -- SHA-256 of the API key with which the id was last compared.
      key_hash text not null,
      first_synced_at timestamptz not null default now()
    );
    create unique index accounts_by_exchange_id
      on exchange_sync.accounts (exchange, environment, exchange_account_id);

    create table exchange_sync.coverage (
      account text not null,
      part text not null,
      status text not null check (status in ('refused', 'unavailable', 'failed')),
      reason text not null check (length(reason) <= 1000),
      fix text check (length(fix) <= 1000),
      -- Whether a stored figure may be wrong without the part.
      affects boolean not null,
      since timestamptz not null,
      primary key (account, part)
    );

    -- Both go over every table that has a column of the account's name, also those of later versions.
    create function exchange_sync.account_tables() returns table (name text, account_column text)
    language sql stable set search_path = pg_catalog, pg_temp as $$
      select format('%I.%I', n.nspname, c.relname), a.attname::text
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
       where c.relkind in ('r', 'p') and not a.attisdropped
         and ((n.nspname = 'exchange_sync' and a.attname = 'account')
           or (n.nspname = 'public' and c.relname in ('portfolio_items', 'sync_history') and a.attname = 'exchange_id'))
    $$;

    create function exchange_sync.rename_account(old_name text, new_name text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
    declare
      place record;
      is_used boolean;
    begin
      if not exists (select from exchange_sync.snapshots where account = old_name)
         and not exists (select from exchange_sync.accounts where account = old_name) then
        raise exception 'there is no account %', old_name;
      end if;
      if new_name !~ '^[a-z0-9]+(/[a-z0-9_]{1,30})?$' or split_part(new_name, '/', 1) <> split_part(old_name, '/', 1) then
        raise exception '% is not a name of an account of %', new_name, split_part(old_name, '/', 1);
      end if;
      if exists (select from exchange_sync.leases where account in (old_name, new_name) and expires_at > now()) then
        raise exception 'a sync of % or % is running', old_name, new_name;
      end if;
      -- A run that was refused under the new name left a row of itself and what it had asked.
      for place in select * from exchange_sync.account_tables() where name not in (
        'public.sync_history', 'exchange_sync.runs', 'exchange_sync.exchange_cache', 'exchange_sync.leases') loop
        execute format('select exists (select from %s where %I = $1)', place.name, place.account_column)
          into is_used using new_name;
        if is_used then
          raise exception 'there already is an account %: % has rows of it', new_name, place.name;
        end if;
      end loop;
      delete from exchange_sync.exchange_cache where account = new_name;
      delete from exchange_sync.leases where account in (old_name, new_name);
      for place in select * from exchange_sync.account_tables() loop
        execute format('update %1$s set %2$I = $2 where %2$I = $1', place.name, place.account_column)
          using old_name, new_name;
      end loop;
    end $$;

    create function exchange_sync.remove_account(old_name text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
    declare
      place record;
    begin
      if not exists (select from exchange_sync.snapshots where account = old_name)
         and not exists (select from exchange_sync.accounts where account = old_name) then
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
