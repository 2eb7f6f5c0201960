import { type Decimal, ONE, ZERO } from '../models/decimal.js';
import { NO_PRICE, type Price } from '../models/holdings.js';
import { amountOf } from './answer.js';
import type { Market } from './exchange-traits.js';
import type { Markets } from './markets.js';

/** Quotes that count as one unit of the reporting currency, in the order in which they are asked. */
const DIRECT = ['USDT', 'USDC'];
const BRIDGES = ['BTC', 'ETH'];

/** Market by the pair `BASE/QUOTE`. */
export type Pairs = ReadonlyMap<string, Market>;

export const pairsOf = (markets: Markets): Pairs =>
  new Map([...markets.values()].map((market) => [`${market.base}/${market.quote}`, market]));

interface Quote {
  readonly price: Decimal;
  readonly route: readonly string[];
}

/** How a pair is priced: undefined where it has no market or no price. */
type PairPrice = (pair: string) => Decimal | undefined;

/** Prices by one list of tickers: asset/USDT, /USDC, /currency, then over BTC or ETH; else none. */
export function pricesFrom(
  assets: readonly string[],
  currency: string,
  stablecoins: ReadonlySet<string>,
  pairs: Pairs,
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
      const quote = direct(asset, currency, priceOf) ?? bridged(asset, currency, priceOf);
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

function direct(asset: string, currency: string, priceOf: PairPrice): Quote | undefined {
  for (const pair of directPairs(asset, currency)) {
    const price = priceOf(pair);
    if (price) return { price, route: [pair] };
  }
  return undefined;
}

function bridged(asset: string, currency: string, priceOf: PairPrice): Quote | undefined {
  for (const bridge of BRIDGES) {
    const first = priceOf(`${asset}/${bridge}`);
    const second = first && direct(bridge, currency, priceOf);
    if (second) return { price: first.times(second.price), route: [`${asset}/${bridge}`, ...second.route] };
  }
  return undefined;
}

export const directPairs = (asset: string, currency: string): string[] =>
  [...DIRECT, currency].map((quote) => `${asset}/${quote}`);
