import { type Decimal, ONE, parseDecimal, ZERO } from '../models/decimal.js';
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

/** A market that prices an asset; inverted where it quotes the other way round, as USDT/TRY does. */
export interface Leg {
  readonly pair: string;
  readonly inverted: boolean;
}

/** The markets that price an asset in what counts as the currency, the best first. */
export function directLegs(asset: string, currency: string, { direct: quotes }: Routes): Leg[] {
  const others = [...quotes, currency].filter((quote) => quote !== asset);
  return [
    ...others.map((quote) => ({ pair: `${asset}/${quote}`, inverted: false })),
    ...others.map((quote) => ({ pair: `${quote}/${asset}`, inverted: true })),
  ];
}

/** `USDT/TRY inverted` */
export const legName = ({ inverted }: Leg, market: string): string =>
  inverted ? `${market} inverted` : market;

export const legPrice = ({ inverted }: Leg, price: Decimal): Decimal => (inverted ? ONE.div(price) : price);

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
  const quoteOf = (asset: string): Quote | undefined => {
    if (asset === currency) return { price: ONE, route: ['peg'] };
    const quote = direct(asset, currency, routes, priceOf);
    if (stablecoins.has(asset)) return pegged(quote);
    return quote ?? bridged(asset, currency, routes, priceOf);
  };
  return new Map(
    assets.map((asset): [string, Price] => {
      const quote = quoteOf(asset);
      return [asset, quote ? { known: true, ...quote, pricedAt: tickers.time } : NO_PRICE];
    }),
  );
}

const LARGEST_DEVIATION = parseDecimal('0.02');

/** Counted as 1; what its market says is told where that is more than 2 % off. */
function pegged(market: Quote | undefined): Quote {
  const isOff = market?.price.minus(ONE).abs().gt(LARGEST_DEVIATION) ?? false;
  const said = market && isOff ? market.route.map((leg) => `${leg} ${market.price.toFixed(4)}`) : [];
  return { price: ONE, route: ['peg', ...said] };
}

function direct(asset: string, currency: string, routes: Routes, priceOf: PairPrice): Quote | undefined {
  for (const leg of directLegs(asset, currency, routes)) {
    const quoted = priceOf(leg.pair);
    const price = quoted && legPrice(leg, quoted);
    // So large the other way round that nothing is left of it.
    if (price && !price.isZero()) return { price, route: [legName(leg, leg.pair)] };
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
