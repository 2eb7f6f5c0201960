import type { Migration } from './migration.js';

/** Runs of this program in a table of its own: others write into sync_history too, some in local time. */
export const ownRuns: Migration = {
  version: 9,
  name: 'own-runs',
  up: (sql) => sql`
    create table exchange_sync.runs (
      account text not null,
      run_id uuid not null,
      -- Null: of a run before this table, of which only the end is known.
      started_at timestamptz,
      ended_at timestamptz not null,
      success boolean not null,
      -- Assets stored; null: nothing was stored, or not known.
      assets integer,
      error text,
      primary key (account, run_id)
    );
    -- Every run that stored something left a snapshot. Rows of sync_history cannot be told apart from those of others.
    insert into exchange_sync.runs (account, run_id, ended_at, success)
    select account, run_id, taken_at, complete from exchange_sync.snapshots;
    create index runs_by_end on exchange_sync.runs (account, ended_at);
    create index runs_by_success on exchange_sync.runs (account, ended_at) where success;

    -- The last price of what is held, kept beside it: looking for one that never was read every snapshot.
    alter table exchange_sync.holdings
      add column last_price exchange_sync.amount check (last_price > 0),
      add column last_priced_at timestamptz,
      add check ((last_price is null) = (last_priced_at is null));
    update exchange_sync.holdings set last_price = price, last_priced_at = updated_at where price is not null;
    update exchange_sync.holdings h set last_price = found.price, last_priced_at = found.taken_at
      from (
        select distinct on (i.account, i.asset) i.account, i.asset, i.price, s.taken_at
          from exchange_sync.holdings unpriced
          join exchange_sync.snapshot_items i using (account, asset)
          join exchange_sync.snapshots s using (account, run_id)
         where unpriced.price is null and i.price > 0
         order by i.account, i.asset, s.taken_at desc
      ) as found
     where h.account = found.account and h.asset = found.asset and h.price is null;
  `,
};
