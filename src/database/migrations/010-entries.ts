import type { Migration } from './migration.js';

/** Opening and adjustment entries, and the balance differences that remain. */
export const entries: Migration = {
  version: 10,
  name: 'entries',
  up: (sql) => sql`
    create table exchange_sync.entries (
      account text not null,
      entry_id text not null,
      kind text not null check (kind in ('opening', 'adjustment')),
      asset text not null,
      amount exchange_sync.amount not null check (amount <> 0 and (kind = 'adjustment' or amount > 0)),
      time timestamptz not null,
      reason text not null,
      balance exchange_sync.amount not null,
      balance_at timestamptz not null,
      created_at timestamptz not null default now(),
      arrival bigint not null default nextval('exchange_sync.arrivals'),
      affects_from timestamptz not null,
      primary key (account, entry_id)
    );
    create index entries_by_time on exchange_sync.entries (account, time);
    create index entries_by_arrival on exchange_sync.entries (account, arrival);

    comment on table exchange_sync.entries is
      'Quantities of unknown cost that no exchange record explains: held before the history begins (opening), or accepted by the user (adjustment)';
    comment on column exchange_sync.entries.amount is 'signed quantity of the asset';
    comment on column exchange_sync.entries.time is 'when the ledger applies it';
    comment on column exchange_sync.entries.balance is 'the balance of the asset that the entry explains';
    comment on column exchange_sync.entries.balance_at is 'when that balance was read';

    -- Balance minus ledger, beyond the tolerance, as the last sync found it.
    create table exchange_sync.differences (
      account text not null,
      asset text not null,
      amount exchange_sync.amount not null,
      since timestamptz,
      primary key (account, asset)
    );
    comment on table exchange_sync.differences is 'Balances that the recorded history does not explain, as of the last sync';
    comment on column exchange_sync.differences.amount is 'balance minus ledger; positive: coins arrived without a record';
    comment on column exchange_sync.differences.since is 'when a sync first found this amount; null: before this was recorded';

    insert into exchange_sync.differences (account, asset, amount)
    select account, asset, held - replayed
      from (
        select account, asset, h.price, coalesce(h.quantity, 0) as held, coalesce(p.quantity, 0) as replayed
          from exchange_sync.holdings h full join exchange_sync.pools p using (account, asset)
      ) as balances
     where abs(held - replayed) > greatest(0.00000001, abs(held) * 0.000001, 0.01 / price);
  `,
};
