import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal, toText } from '../models/decimal.js';
import type { EventPrice, UnvaluedEvent } from '../models/pool.js';
import { isoTime, msOf } from './times.js';

/** Prices that valued the account's events after a time (ms) and up to another. */
export async function fetchEventPrices(
  sql: Sql,
  account: AccountId,
  after: number | undefined,
  until: number | undefined,
): Promise<EventPrice[]> {
  const rows = await sql<{ asset: string; time: Date; price: string; source: string }[]>`
    select asset, time, price, source from exchange_sync.event_prices
     where account = ${account}
       and time > ${after === undefined ? '-infinity' : isoTime(after)}
       and time <= ${until === undefined ? 'infinity' : isoTime(until)}`;
  return rows.map(({ asset, time, price, source }) => ({
    asset,
    time: msOf(time),
    price: parseDecimal(price),
    source,
  }));
}

/** A price is stored once: what valued an event is never refreshed. */
export async function saveEventPrices(
  sql: Sql,
  account: AccountId,
  prices: readonly EventPrice[],
): Promise<void> {
  const rows = prices.map(({ asset, time, price, source }) => ({
    asset,
    time: isoTime(time),
    price: toText(price),
    source,
  }));
  await sql`
    insert into exchange_sync.event_prices (account, asset, time, price, source)
    select ${account}, asset, time, price, source
      from jsonb_to_recordset(${sql.json(rows)}) as price(asset text, time timestamptz, price numeric, source text)
    on conflict (account, asset, time) do nothing`;
}

/** Events since a time (ms) whose value is not known, oldest first. */
export async function fetchUnvaluedEvents(
  sql: Sql,
  account: AccountId,
  since: number,
): Promise<UnvaluedEvent[]> {
  const rows = await sql<{ event: string; asset: string; time: Date }[]>`
    select event, asset, time from exchange_sync.unvalued_events
     where account = ${account} and time >= ${isoTime(since)} order by time`;
  return rows.map(({ event, asset, time }) => ({ event, asset, time: msOf(time) }));
}
