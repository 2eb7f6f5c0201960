import { costOfCash, reconcile } from '../accounting/reconcile.js';
import { type Replay, replay } from '../accounting/replay.js';
import { isCash } from '../accounting/settings.js';
import { pricesNeeded } from '../accounting/trade-value.js';
import type { ExchangeClient } from '../client/exchange-client.js';
import { type Holding, NO_PRICE } from '../models/holdings.js';
import type { EventPrice } from '../models/pool.js';
import type { StoredAccount } from './account-state.js';
import type { OpenCache } from './cache.js';
import type { History } from './read-history.js';
import type { Reading } from './read-holdings.js';
import type { SyncContext } from './sync-context.js';

const UNPRICEABLE = 'unpriceable-events';
const RETRY_UNPRICEABLE_MS = 24 * 3_600_000;

export interface Valued {
  readonly replay: Replay;
  readonly newPrices: readonly EventPrice[];
  readonly holdings: readonly Holding[];
}

/** Prices the events that need a market price, replays the history and sets it against the balances. */
export async function valueHistory(
  context: SyncContext,
  client: ExchangeClient,
  cache: OpenCache,
  stored: StoredAccount,
  history: History,
  reading: Reading,
): Promise<Valued> {
  const { accounting: settings } = context;
  const known = new Map(stored.eventPrices.map((price) => [keyOf(price), price]));
  const newPrices = await fetchMissingPrices(context, client, cache, known, history);
  for (const price of newPrices) known.set(keyOf(price), price);
  const result = replay({
    trades: history.trades,
    transfers: history.transfers,
    settings,
    priceAt: (asset, time) => known.get(keyOf({ asset, time }))?.price,
  });
  const holdings = [...reading.quantities].map(([asset, quantity]): Holding => {
    const price = reading.prices.get(asset) ?? NO_PRICE;
    const market = price.known ? price.price : undefined;
    const cost = isCash(asset, settings)
      ? costOfCash(quantity)
      : reconcile(result.pools.get(asset), quantity, market);
    return { asset, quantity, price, cost };
  });
  return { replay: result, newPrices, holdings };
}

const keyOf = ({ asset, time }: { asset: string; time: number }): string => `${asset}@${time}`;

/** Asks once for each price; one that the exchange does not have is asked for again a day later. */
async function fetchMissingPrices(
  context: SyncContext,
  client: ExchangeClient,
  cache: OpenCache,
  known: ReadonlyMap<string, EventPrice>,
  history: History,
): Promise<EventPrice[]> {
  const { accounting: settings } = context;
  const unpriceable = new Set((cache.get(UNPRICEABLE) as readonly string[] | undefined) ?? []);
  const wanted = pricesNeeded(history.trades, settings).filter(
    (need) => !known.has(keyOf(need)) && !unpriceable.has(keyOf(need)),
  );
  const found: EventPrice[] = [];
  for (const asset of new Set(wanted.map((need) => need.asset))) {
    const times = wanted.filter((need) => need.asset === asset).map(({ time }) => time);
    const prices = await client.readPastPrices(asset, [...new Set(times)], settings.reportingCurrency);
    for (const [time, { price, source }] of prices) found.push({ asset, time, price, source });
  }
  const priced = new Set(found.map(keyOf));
  const failed = wanted.map(keyOf).filter((key) => !priced.has(key));
  if (failed.length > 0) cache.set(UNPRICEABLE, [...unpriceable, ...failed], RETRY_UNPRICEABLE_MS);
  return found;
}
