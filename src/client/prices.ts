import { type Decimal, ONE, parseDecimal } from '../models/decimal.js';
import { NO_PRICE, type Price } from '../models/holdings.js';
import type { ExchangeSpec } from './exchange-spec.js';
import type { Market, Markets } from './markets.js';
import { marketPrice, plausible } from './price-bounds.js';

/** Over which coins prices are found. */
export type Routes = ExchangeSpec['routes'];

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

/** Markets that price an asset in the currency one after the other, such as X/BTC and BTC/USDT. */
export type Route = readonly Leg[];

/** Every way over existing markets to price an asset in the currency, the best first: direct ones, then bridges. */
export function routesOf(asset: string, currency: string, routes: Routes, pairs: Pairs): Route[] {
  const direct = (of: string) => directLegs(of, currency, routes).filter(({ pair }) => pairs.has(pair));
  const bridges = routes.bridges.flatMap((bridge) => {
    const first: Leg = { pair: `${asset}/${bridge}`, inverted: false };
    return pairs.has(first.pair) ? direct(bridge).map((second): Route => [first, second]) : [];
  });
  return [...direct(asset).map((leg): Route => [leg]), ...bridges];
}

/** The markets that price an asset in what counts as the currency, the best first. */
function directLegs(asset: string, currency: string, { direct: quotes }: Routes): Leg[] {
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

/** Prices by one list of tickers: asset/USDT and so on, then over BTC or another bridge; else none. */
export function pricesFrom(
  assets: readonly string[],
  currency: string,
  stablecoins: ReadonlySet<string>,
  { pairs, routes }: { readonly pairs: Pairs; readonly routes: Routes },
  tickers: { readonly time: number; readonly prices: ReadonlyMap<string, string> },
  onImplausible: (pair: string, text: string) => void,
): ReadonlyMap<string, Price> {
  const priceOf = ({ pair, inverted }: Leg): Decimal | undefined => {
    const text = tickers.prices.get(pairs.get(pair)?.id ?? '') ?? '';
    const price = marketPrice(text, `the price of ${pair}`);
    if (price === 'implausible') onImplausible(pair, text);
    return typeof price === 'string' ? undefined : plausible(legPrice({ pair, inverted }, price));
  };
  const quoteOf = (asset: string): Quote | undefined => {
    if (asset === currency) return { price: ONE, route: ['peg'] };
    const ways = routesOf(asset, currency, routes, pairs);
    if (!stablecoins.has(asset)) return firstQuote(ways, priceOf);
    return pegged(
      firstQuote(
        ways.filter(({ length }) => length === 1),
        priceOf,
      ),
    );
  };
  return new Map(
    assets.map((asset): [string, Price] => {
      const quote = quoteOf(asset);
      return [asset, quote ? { known: true, ...quote, pricedAt: tickers.time } : NO_PRICE];
    }),
  );
}

const MAX_PEG_DEVIATION = parseDecimal('0.02');

/** Counted as 1; the route includes the market price if that differs by more than 2 %. */
function pegged(market: Quote | undefined): Quote {
  const isOff = market?.price.minus(ONE).abs().gt(MAX_PEG_DEVIATION) ?? false;
  const deviation = market && isOff ? market.route.map((leg) => `${leg} ${market.price.toFixed(4)}`) : [];
  return { price: ONE, route: ['peg', ...deviation] };
}

/** Over the first route that has a price on each of its markets. */
function firstQuote(ways: readonly Route[], priceOf: (leg: Leg) => Decimal | undefined): Quote | undefined {
  for (const route of ways) {
    const prices = route.flatMap((leg) => priceOf(leg) ?? []);
    if (prices.length < route.length) continue;
    const price = plausible(prices.reduce((product, next) => product.times(next), ONE));
    if (!price) continue;
    return { price, route: route.map((leg) => legName(leg, leg.pair)) };
  }
  return undefined;
}
