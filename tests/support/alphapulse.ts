/** The tables as AlphaPulse made them, with a row of its own. */
export const ALPHAPULSE = `
  create table public.portfolio_items (id serial primary key, exchange_id varchar(50), asset varchar(50),
    quantity numeric not null, current_price numeric, avg_entry_price numeric, created_at timestamp, updated_at timestamp);
  create table public.sync_history (id serial primary key, exchange_id varchar(50), sync_type varchar(50),
    items_processed integer, items_synced integer, success boolean, start_time timestamp, end_time timestamp,
    error_message text, created_at timestamp);
  insert into public.portfolio_items (exchange_id, asset, quantity) values ('kraken', 'XBT', 1)`;
