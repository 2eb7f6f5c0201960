import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type Decimal, parseDecimal, ZERO } from '../models/decimal.js';

/** What the exchange says is held of an asset beside what the events give. */
export interface Balance {
  readonly asset: string;
  readonly held: Decimal;
  readonly replayed: Decimal;
  /** The part of `held` whose cost is known. */
  readonly known: Decimal;
  readonly price: Decimal | undefined;
}

export async function fetchBalances(sql: Sql, account: AccountId): Promise<Balance[]> {
  const rows = await sql<
    {
      asset: string;
      held: string | null;
      replayed: string | null;
      known: string | null;
      price: string | null;
    }[]
  >`
    select asset, h.quantity as held, p.quantity as replayed, h.known_quantity as known, h.price
      from (select * from exchange_sync.holdings where account = ${account}) h
      full join (select * from exchange_sync.pools where account = ${account}) p using (asset)
     order by asset`;
  return rows.map(({ asset, held, replayed, known, price }) => ({
    asset,
    held: amountOf(held),
    replayed: amountOf(replayed),
    known: amountOf(known),
    price: price === null ? undefined : parseDecimal(price),
  }));
}

const amountOf = (text: string | null): Decimal => (text === null ? ZERO : parseDecimal(text));
