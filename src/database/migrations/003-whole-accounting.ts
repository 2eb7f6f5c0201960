import type { Migration } from './migration.js';

/** Converts, income, the books' states with their checkpoints, counts per day, and costs that travel. */
export const wholeAccounting: Migration = {
  version: 3,
  name: 'whole-accounting',
  up: (sql) => sql`
    -- Numbers arrivals and changes, so that a run knows what earlier runs stored and did not reckon in.
    create sequence exchange_sync.arrivals;

    alter table exchange_sync.trades
      add column kind text not null default 'trade' check (kind in ('trade', 'convert', 'dust')),
      add column arrival bigint not null default nextval('exchange_sync.arrivals'),
      add column affects_from timestamptz,
      drop constraint trades_pkey,
      add primary key (account, kind, symbol, trade_id);
    update exchange_sync.trades set affects_from = time;
    alter table exchange_sync.trades alter column affects_from set not null;
    create index trades_by_arrival on exchange_sync.trades (account, arrival);

    alter table exchange_sync.transfers
      add column arrival bigint not null default nextval('exchange_sync.arrivals'),
      add column affects_from timestamptz;
    update exchange_sync.transfers set affects_from = time;
    alter table exchange_sync.transfers alter column affects_from set not null;
    create index transfers_by_arrival on exchange_sync.transfers (account, arrival);
    create index transfers_by_asset on exchange_sync.transfers (asset, time);

    create table exchange_sync.incomes (
      account text not null,
      income_id text not null,
      asset text not null,
      amount exchange_sync.amount not null,
      reason text not null,
      time timestamptz not null,
      raw jsonb not null,
      arrival bigint not null default nextval('exchange_sync.arrivals'),
      affects_from timestamptz not null,
      primary key (account, income_id)
    );
    create index incomes_by_time on exchange_sync.incomes (account, time);
    create index incomes_by_arrival on exchange_sync.incomes (account, arrival);

    -- Worked out from the events: the next sync fills it again.
    drop table exchange_sync.pools;
    create table exchange_sync.pools (
      account text not null,
      asset text not null,
      cash boolean not null,
      quantity exchange_sync.amount not null check (cash or quantity >= 0),
      cost exchange_sync.amount not null,
      gross_cost exchange_sync.amount not null,
      unknown_quantity exchange_sync.amount not null check (unknown_quantity >= 0),
      estimated_quantity exchange_sync.amount not null check (estimated_quantity >= 0),
      estimated_cost exchange_sync.amount not null,
      realized_trade exchange_sync.amount not null,
      realized_fee exchange_sync.amount not null,
      realized_income exchange_sync.amount not null,
      realized_transfer_fee exchange_sync.amount not null,
      unmatched_proceeds exchange_sync.amount not null,
      fees_paid exchange_sync.amount not null,
      deposits exchange_sync.amount not null,
      withdrawals exchange_sync.amount not null,
      book_value exchange_sync.amount not null,
      unvalued_quantity exchange_sync.amount not null,
      primary key (account, asset)
    );

    create table exchange_sync.daily_results (
      account text not null,
      day date not null,
      asset text not null,
      realized_trade exchange_sync.amount not null,
      realized_fee exchange_sync.amount not null,
      realized_income exchange_sync.amount not null,
      realized_transfer_fee exchange_sync.amount not null,
      unmatched_proceeds exchange_sync.amount not null,
      fees_paid exchange_sync.amount not null,
      deposits exchange_sync.amount not null,
      withdrawals exchange_sync.amount not null,
      book_value exchange_sync.amount not null,
      unvalued_quantity exchange_sync.amount not null,
      primary key (account, day, asset)
    );

    create table exchange_sync.unvalued_events (
      account text not null,
      event text not null,
      asset text not null,
      time timestamptz not null,
      primary key (account, event, asset)
    );

    -- The books after the event at a time; settings holds the engine's version and its choices.
    create table exchange_sync.checkpoints (
      account text not null,
      time timestamptz not null,
      arrival bigint not null,
      settings text not null,
      state jsonb not null,
      primary key (account, time)
    );

    create table exchange_sync.carried_costs (
      account text not null,
      withdrawal_id text not null,
      time timestamptz not null,
      carried jsonb not null,
      primary key (account, withdrawal_id)
    );

    -- What a match with another account says of a transfer, as it was last reckoned in.
    create table exchange_sync.transfer_resolutions (
      account text not null,
      direction text not null,
      transfer_id text not null,
      resolution text not null,
      primary key (account, direction, transfer_id)
    );
  `,
};
