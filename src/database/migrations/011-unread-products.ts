import type { Migration } from './migration.js';

/** What an account has in products that are not read, and the exchange's own total. */
export const unreadProducts: Migration = {
  version: 11,
  name: 'unread-products',
  up: (sql) => sql`
    create table exchange_sync.account_totals (
      account text primary key,
      value exchange_sync.amount,
      currency text,
      read_at timestamptz not null,
      check ((value is null) = (currency is null))
    );
    comment on table exchange_sync.account_totals is
      'The total of an account by the exchange itself, products that are not read included';
    comment on column exchange_sync.account_totals.value is 'null: the exchange does not report it to this key';

    create table exchange_sync.unread_products (
      account text not null,
      product text not null,
      currency text not null,
      value exchange_sync.amount,
      read_at timestamptz not null,
      primary key (account, product, currency)
    );
    comment on table exchange_sync.unread_products is
      'What an account has beside the wallets that are read; in no value, cost or profit of this schema';
    comment on column exchange_sync.unread_products.value is 'in the currency, by the exchange; null: unknown';
  `,
};
