import type { Decimal } from '../models/decimal.js';
import { type Candles, type Interval, INTERVALS } from './candles.js';
import { plausible } from './price-bounds.js';
import { legName, legPrice, type Pairs, type Route, type Routes, routesOf } from './prices.js';

export interface PastPrice {
  readonly price: Decimal;
  /** `bybit MNTUSDT 1m`, `binance USDTTRY inverted 1m`, `bybit ORDXBTC, BTCUSDT 1m` */
  readonly source: string;
}

export interface PastPriceRequest {
  readonly asset: string;
  /** ms since 1970 */
  readonly times: readonly number[];
  readonly currency: string;
}

/**
 * The price of an asset at each time, over the first route that has candles there: the finest candles of all
 * routes first, because a day's close over the nearest market is less exact than the minute's over a bridge. A time
 * without candles on any route is omitted.
 */
export async function readPastPrices(
  exchange: string,
  { pairs, routes, candles }: { readonly pairs: Pairs; readonly routes: Routes; readonly candles: Candles },
  { asset, times, currency }: PastPriceRequest,
): Promise<ReadonlyMap<number, PastPrice>> {
  const found = new Map<number, PastPrice>();
  const ways = routesOf(asset, currency, routes, pairs);
  for (const interval of INTERVALS) {
    for (const route of ways) {
      const open = times.filter((time) => !found.has(time));
      if (open.length === 0) return found;
      const source = `${exchange} ${sourceOf(route, pairs)} ${interval.label}`;
      for (const [time, price] of await pricesOver(route, interval, open, pairs, candles)) {
        if (plausible(price)) found.set(time, { price, source });
      }
    }
  }
  return found;
}

const marketOf = (pair: string, pairs: Pairs): string => pairs.get(pair)?.id ?? pair;

const sourceOf = (route: Route, pairs: Pairs): string =>
  route.map((leg) => legName(leg, marketOf(leg.pair, pairs))).join(', ');

/** Where every market of the route has a candle. */
async function pricesOver(
  route: Route,
  interval: Interval,
  times: readonly number[],
  pairs: Pairs,
  candles: Candles,
): Promise<ReadonlyMap<number, Decimal>> {
  let prices: ReadonlyMap<number, Decimal> | undefined;
  for (const leg of route) {
    const before = prices;
    const closes = await candles.closesAt(
      marketOf(leg.pair, pairs),
      interval,
      before ? [...before.keys()] : times,
    );
    prices = new Map(
      [...closes].map(([time, close]) => {
        const price = legPrice(leg, close);
        return [time, before?.get(time)?.times(price) ?? price];
      }),
    );
  }
  return prices ?? new Map();
}
