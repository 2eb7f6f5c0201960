import type { Migration } from './migration.js';

/** Everything of our own, in a schema of our own. */
export const accountTables: Migration = {
  version: 2,
  name: 'account-tables',
  up: (sql) => sql`
    -- numeric takes NaN and Infinity, which are no amounts of money.
    create domain exchange_sync.amount as numeric
      check (value not in ('NaN', 'Infinity', '-Infinity'));

    create table exchange_sync.trades (
      account text not null,
      symbol text not null,
      trade_id text not null,
      order_id text,
      base text not null,
      quote text not null,
      side text not null check (side in ('buy', 'sell')),
      amount exchange_sync.amount not null,
      price exchange_sync.amount not null,
      value exchange_sync.amount not null,
      fee_asset text,
      fee_amount exchange_sync.amount,
      time timestamptz not null,
      raw jsonb not null,
      primary key (account, symbol, trade_id),
      check ((fee_asset is null) = (fee_amount is null))
    );
    create index trades_by_time on exchange_sync.trades (account, time);

    create table exchange_sync.transfers (
      account text not null,
      direction text not null check (direction in ('deposit', 'withdrawal')),
      transfer_id text not null,
      asset text not null,
      amount exchange_sync.amount not null,
      fee_asset text,
      fee_amount exchange_sync.amount,
      status text not null check (status in ('pending', 'ok', 'failed')),
      network text,
      txid text,
      time timestamptz not null,
      raw jsonb not null,
      primary key (account, direction, transfer_id),
      check ((fee_asset is null) = (fee_amount is null))
    );
    create index transfers_by_time on exchange_sync.transfers (account, time);

    create table exchange_sync.cursors (
      account text not null,
      stream text not null,
      complete_until timestamptz not null,
      window_from timestamptz,
      window_to timestamptz,
      page text,
      primary key (account, stream),
      check (num_nulls(window_from, window_to, page) in (0, 3))
    );

    create table exchange_sync.pools (
      account text not null,
      asset text not null,
      quantity exchange_sync.amount not null check (quantity >= 0),
      cost exchange_sync.amount not null check (cost >= 0),
      gross_cost exchange_sync.amount not null,
      unknown_quantity exchange_sync.amount not null check (unknown_quantity >= 0),
      realized_trade exchange_sync.amount not null,
      realized_fee exchange_sync.amount not null,
      realized_income exchange_sync.amount not null,
      realized_transfer_fee exchange_sync.amount not null,
      unmatched_proceeds exchange_sync.amount not null,
      primary key (account, asset)
    );

    create table exchange_sync.missing_acquisitions (
      account text not null,
      event text not null,
      asset text not null,
      time timestamptz not null,
      found exchange_sync.amount not null,
      missing exchange_sync.amount not null,
      primary key (account, event, asset)
    );

    create table exchange_sync.event_prices (
      account text not null,
      asset text not null,
      time timestamptz not null,
      price exchange_sync.amount not null check (price > 0),
      source text not null,
      primary key (account, asset, time)
    );

    create table exchange_sync.holdings (
      account text not null,
      asset text not null,
      quantity exchange_sync.amount not null,
      price exchange_sync.amount check (price > 0),
      price_route text[],
      priced_at timestamptz,
      known_quantity exchange_sync.amount not null,
      cost exchange_sync.amount not null,
      average_entry exchange_sync.amount,
      updated_at timestamptz not null,
      primary key (account, asset),
      check (num_nulls(price, price_route, priced_at) in (0, 3))
    );

    create table exchange_sync.wallets (
      account text not null,
      wallet text not null,
      read_at timestamptz,
      failure text,
      primary key (account, wallet)
    );

    create table exchange_sync.wallet_balances (
      account text not null,
      wallet text not null,
      raw_code text not null,
      asset text not null,
      total exchange_sync.amount not null,
      borrowed exchange_sync.amount not null,
      primary key (account, wallet, raw_code)
    );

    create table exchange_sync.snapshots (
      account text not null,
      run_id uuid not null,
      taken_at timestamptz not null,
      complete boolean not null,
      value exchange_sync.amount,
      unpriced_assets text[] not null,
      primary key (account, run_id)
    );
    create index snapshots_by_time on exchange_sync.snapshots (account, taken_at);

    create table exchange_sync.snapshot_items (
      account text not null,
      run_id uuid not null,
      asset text not null,
      quantity exchange_sync.amount not null,
      price exchange_sync.amount,
      known_quantity exchange_sync.amount not null,
      cost exchange_sync.amount not null,
      primary key (account, run_id, asset)
    );

    create table exchange_sync.leases (
      account text primary key,
      run_id uuid not null,
      holder text not null,
      acquired_at timestamptz not null,
      expires_at timestamptz not null
    );

    create table exchange_sync.exchange_cache (
      account text not null,
      kind text not null,
      value jsonb not null,
      expires_at timestamptz not null,
      primary key (account, kind)
    );
  `,
};
