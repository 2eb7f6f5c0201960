import { Ledger } from '../accounting/ledger.js';
import type { Resolve, ResolvedEvent } from '../accounting/resolve.js';
import type { AccountingSettings } from '../accounting/settings.js';
import type { Database } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { EventPrice } from '../models/pool.js';
import { fetchEventPrices } from '../repository/event-prices.js';
import { eventsAfter } from './events-after.js';
import { NOTHING_PENDING, overlayOf } from './pending-events.js';

/** Receives each event of a history. */
export interface Replay {
  readonly apply: (event: ResolvedEvent) => void;
}

/**
 * Applies the whole stored history of an account, in order, to what `open` makes of an empty ledger with the
 * stored prices. Changes nothing in the database.
 */
export async function replayStored<R extends Replay>(
  database: Database,
  settings: AccountingSettings,
  account: AccountId,
  resolve: Resolve,
  open: (ledger: Ledger) => R,
): Promise<R> {
  let prices = new Map<string, EventPrice>();
  const keyOf = (asset: string, time: number) => `${asset}@${time}`;
  const replay = open(new Ledger(settings, (asset, time) => prices.get(keyOf(asset, time))?.price));
  const source = { database, nothingStored: false, signal: new AbortController().signal };
  const overlay = overlayOf(NOTHING_PENDING, resolve);
  for await (const events of eventsAfter(source, account, undefined, overlay)) {
    const [first, last] = [events[0]?.time ?? 0, events.at(-1)?.time ?? 0];
    const known = await database.run((sql) => fetchEventPrices(sql, account, first - 1, last));
    prices = new Map(known.map((price) => [keyOf(price.asset, price.time), price]));
    for (const event of events) replay.apply(event);
  }
  return replay;
}
