import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type Holding, NO_PRICE } from '../models/holdings.js';
import { amount, kept, localTime, optional, text, texts } from './columns.js';
import { replacedRows } from './saved-rows.js';
import { defineTable, fetchRecords, type RecordIn, rowsOf } from './table.js';

/** What is held of each asset; the last price stays if there is none now. */
export const HOLDINGS = defineTable('holdings', ['asset'], {
  asset: text,
  quantity: amount,
  price: optional(amount),
  priceRoute: optional(texts),
  pricedAt: optional(localTime),
  knownQuantity: amount,
  cost: amount,
  averageEntry: optional(amount),
  updatedAt: localTime,
  lastPrice: kept(optional(amount)),
  lastPricedAt: kept(optional(localTime)),
});

export type StoredHolding = RecordIn<typeof HOLDINGS>;

/** Holdings of a commit that ended at a time (ms), as rows of JSON. */
export const holdingRows = (holdings: readonly Holding[], endedAt: number) =>
  rowsOf(
    HOLDINGS,
    holdings.map(({ asset, quantity, price, cost }) => ({
      asset,
      quantity,
      price: price.known ? price.price : undefined,
      priceRoute: price.known ? price.route : undefined,
      pricedAt: price.known ? price.pricedAt : undefined,
      ...cost,
      updatedAt: endedAt,
      lastPrice: price.known ? price.price : undefined,
      lastPricedAt: price.known ? endedAt : undefined,
    })),
  );

export const holdingOf = (row: StoredHolding): Holding => ({
  asset: row.asset,
  quantity: row.quantity,
  price:
    row.price !== undefined && row.pricedAt !== undefined
      ? { known: true, price: row.price, route: row.priceRoute ?? [], pricedAt: row.pricedAt }
      : NO_PRICE,
  cost: { knownQuantity: row.knownQuantity, cost: row.cost, averageEntry: row.averageEntry },
});

/** What is held of each asset, by name. */
export const fetchHoldings = async (sql: Sql, account: AccountId): Promise<Holding[]> =>
  (await fetchRecords(sql, HOLDINGS, account)).map(holdingOf);

/** The holdings, and their copy for readers of AlphaPulse, whose times are UTC without a zone. */
export const savedHoldings = (sql: Sql) => sql`
  ${replacedRows(sql, HOLDINGS)},
  saved_items as (
    insert into public.portfolio_items (
      exchange_id, asset, quantity, current_price, avg_entry_price, created_at, updated_at)
    select account, asset, quantity, price, average_entry, updated_at at time zone 'UTC', updated_at at time zone 'UTC'
      from given_holdings
    on conflict (exchange_id, asset) do update
       set quantity = excluded.quantity, current_price = excluded.current_price,
           avg_entry_price = excluded.avg_entry_price, updated_at = excluded.updated_at
  ),
  vanished_items as (
    delete from public.portfolio_items p using lease
     where p.exchange_id = lease.account and not exists (select from given_holdings held where held.asset = p.asset)
  )`;
