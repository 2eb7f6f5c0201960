import type { Migration } from './migration.js';

/** What the books had counted at each snapshot, so that the way from one to another can be told. */
export const bridge: Migration = {
  version: 4,
  name: 'bridge',
  up: (sql) => sql`
    -- Null until the next sync, which replays everything, has worked it out.
    alter table exchange_sync.pools
      add column gross_gain exchange_sync.amount,
      add column estimated_sold exchange_sync.amount,
      add column unvalued_moved exchange_sync.amount,
      add column missing exchange_sync.amount;
    alter table exchange_sync.daily_results
      add column gross_gain exchange_sync.amount,
      add column estimated_sold exchange_sync.amount,
      add column unvalued_moved exchange_sync.amount,
      add column missing exchange_sync.amount;

    -- Of the engine and its choices: what was counted under others cannot be compared. Null: counted nothing.
    alter table exchange_sync.snapshots add column settings_hash text;

    -- Everything counted up to a snapshot; a row holds from its snapshot on until the asset's next one.
    create table exchange_sync.pool_history (
      account text not null,
      asset text not null,
      since timestamptz not null,
      quantity exchange_sync.amount not null,
      gross_gain exchange_sync.amount not null,
      realized_income exchange_sync.amount not null,
      fees_paid exchange_sync.amount not null,
      deposits exchange_sync.amount not null,
      withdrawals exchange_sync.amount not null,
      book_value exchange_sync.amount not null,
      unvalued_quantity exchange_sync.amount not null,
      estimated_sold exchange_sync.amount not null,
      unvalued_moved exchange_sync.amount not null,
      missing exchange_sync.amount not null,
      primary key (account, asset, since)
    );
  `,
};
