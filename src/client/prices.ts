import { type Decimal, ONE, ZERO } from '../models/decimal.js';
import { NO_PRICE, type Price } from '../models/holdings.js';
import { amountOf } from './answer.js';
import type { ExchangeTraits } from './exchange-traits.js';
import type { Market, Markets } from './markets.js';

/** Over which coins prices are found. */
export type Routes = ExchangeTraits['routes'];

/** Market by the pair `BASE/QUOTE`. */
export type Pairs = ReadonlyMap<string, Market>;

/** Every market that there is or was; one that is listed wins. */
export const pairsOf = (markets: Markets): Pairs =>
  new Map(
    [...markets.values()]
      .sort((a, b) => +a.listed - +b.listed)
      .map((market) => [`${market.base}/${market.quote}`, market]),
  );

/** The pairs that are traded now: the last price of any other is stale. */
export const tradedPairsOf = (markets: Markets): Pairs =>
  pairsOf(new Map([...markets].filter(([, { listed }]) => listed)));

interface Quote {
  readonly price: Decimal;
  readonly route: readonly string[];
}

/** How a pair is priced: undefined where it has no market or no price. */
type PairPrice = (pair: string) => Decimal | undefined;

/** Prices by one list of tickers: asset/USDT and so on, then over BTC or another bridge; else none. */
export function pricesFrom(
  assets: readonly string[],
  currency: string,
  stablecoins: ReadonlySet<string>,
  { pairs, routes }: { readonly pairs: Pairs; readonly routes: Routes },
  tickers: { readonly time: number; readonly prices: ReadonlyMap<string, string> },
): ReadonlyMap<string, Price> {
  const priceOf: PairPrice = (pair) => {
    const text = tickers.prices.get(pairs.get(pair)?.id ?? '');
    if (!text) return undefined;
    const price = amountOf(text, `the price of ${pair}`);
    return price.gt(ZERO) ? price : undefined;
  };
  return new Map(
    assets.map((asset): [string, Price] => {
      if (asset === currency || stablecoins.has(asset)) return [asset, pegged(tickers.time)];
      const quote = direct(asset, currency, routes, priceOf) ?? bridged(asset, currency, routes, priceOf);
      return [asset, quote ? { known: true, ...quote, pricedAt: tickers.time } : NO_PRICE];
    }),
  );
}

const pegged = (pricedAt: number): Price => ({
  known: true,
  price: ONE,
  route: ['peg'],
  pricedAt,
});

function direct(asset: string, currency: string, routes: Routes, priceOf: PairPrice): Quote | undefined {
  for (const pair of directPairs(asset, currency, routes)) {
    const price = priceOf(pair);
    if (price) return { price, route: [pair] };
  }
  return undefined;
}

function bridged(asset: string, currency: string, routes: Routes, priceOf: PairPrice): Quote | undefined {
  for (const bridge of routes.bridges) {
    const first = priceOf(`${asset}/${bridge}`);
    const second = first && direct(bridge, currency, routes, priceOf);
    if (second) return { price: first.times(second.price), route: [`${asset}/${bridge}`, ...second.route] };
  }
  return undefined;
}

export const directPairs = (asset: string, currency: string, { direct: quotes }: Routes): string[] =>
  [...quotes, currency].map((quote) => `${asset}/${quote}`);
