import type { Migration } from './migration.js';

/** The two tables that AlphaPulse's readers expect, made or taken over as they are. */
export const adoptAlphapulse: Migration = {
  version: 1,
  name: 'adopt-alphapulse',
  up: (sql) => sql`
    create table if not exists public.portfolio_items (
      id serial primary key,
      exchange_id varchar(50),
      asset varchar(50),
      quantity numeric not null,
      current_price numeric,
      avg_entry_price numeric,
      created_at timestamp,
      updated_at timestamp,
      unique (exchange_id, asset)
    );

    create table if not exists public.sync_history (
      id serial primary key,
      exchange_id varchar(50),
      sync_type varchar(50),
      items_processed integer,
      items_synced integer,
      success boolean,
      start_time timestamp,
      end_time timestamp,
      error_message text,
      created_at timestamp
    );

    -- An adopted table may lack the rule that one asset of an account is one row.
    do $$
    begin
      if not exists (
        select from pg_index i
         where i.indrelid = 'public.portfolio_items'::regclass and i.indisunique and i.indpred is null
           and (select array_agg(a.attname::text order by a.attname) from pg_attribute a
                 where a.attrelid = i.indrelid and a.attnum = any (i.indkey)) = array['asset', 'exchange_id']
      ) then
        create unique index portfolio_items_exchange_id_asset_key on public.portfolio_items (exchange_id, asset);
      end if;
    end $$;
  `,
};
