import * as v from 'valibot';
import { inShape } from '../models/stored-json.js';
import { shown, UnreadableRecord } from './answer.js';
import type { ClientCache } from './exchange-client.js';
import { DAY_MS } from '../models/day.js';

export interface Market {
  readonly id: string;
  readonly base: string;
  readonly quote: string;
  /** False: nothing is traded there any more, and its last price is stale. */
  readonly listed: boolean;
}

/** Spot markets by the exchange's own id. */
export type Markets = ReadonlyMap<string, Market>;

/** The same for a look-up alone. */
export type KnownMarkets = Pick<Markets, 'get'>;

export const MARKETS_KIND = 'markets';
const TIME_TO_LIVE_MS = DAY_MS;

/** Id, base and quote; `0` marks a market that is listed no more. */
const slimMarket = v.tuple([v.string(), v.string(), v.string(), v.optional(v.literal(0))]);
const slimMarkets = v.pipe(v.array(slimMarket), v.minLength(1));

type SlimMarket = readonly [id: string, base: string, quote: string, listed?: 0];

/** Keeps a list for a day. */
export function keepMarkets(cache: ClientCache, markets: readonly Market[]): void {
  const slim = markets.map(({ id, base, quote, listed }): SlimMarket =>
    listed ? [id, base, quote] : [id, base, quote, 0],
  );
  if (slim.length > 0) cache.set(MARKETS_KIND, slim, TIME_TO_LIVE_MS);
}

/** The markets that an earlier reading has left in the cache. */
export function keptMarkets(cache: Pick<ClientCache, 'get'>): Markets | undefined {
  const kept = inShape(slimMarkets, cache.get(MARKETS_KIND));
  return kept && byId(kept.map(([id, base, quote, mark]) => ({ id, base, quote, listed: mark !== 0 })));
}

/** The newest list that was kept, however old it is. */
export const lastMarkets = (cache: Pick<ClientCache, 'last'>): Markets =>
  keptMarkets({ get: cache.last }) ?? new Map<string, Market>();

export const byId = (markets: readonly Market[]): Markets =>
  new Map(markets.map((market) => [market.id, market]));

/**
 * Base and quote of a symbol; a pair that is no longer among the markets is split by its quote. Throws an
 * UnreadableRecord.
 */
export function splitSymbol(
  symbol: string,
  markets: KnownMarkets,
  quotes: readonly string[],
): Pick<Market, 'base' | 'quote'> {
  const market = markets.get(symbol);
  if (market) return market;
  // Longest first: USDC before C.
  const longest = [...quotes].sort((a, b) => b.length - a.length);
  const quote = longest.find((candidate) => symbol.endsWith(candidate) && symbol.length > candidate.length);
  if (quote === undefined) {
    throw new UnreadableRecord('pair', `the traded pair ${shown(symbol)} is not known`);
  }
  return { base: symbol.slice(0, -quote.length), quote };
}
