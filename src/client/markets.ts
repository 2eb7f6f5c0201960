import { ExpectedError } from '../errors.js';
import type { ClientCache } from './exchange-client.js';
import type { ExchangeTraits, Market } from './exchange-traits.js';
import type { Ask } from './request.js';

/** Spot markets by the exchange's own id. */
export type Markets = ReadonlyMap<string, Market>;

const CACHE_KIND = 'markets';
const TIME_TO_LIVE_MS = 24 * 3_600_000;

/** The exchange's markets, asked for once a day. */
export async function readMarkets(traits: ExchangeTraits, cache: ClientCache, ask: Ask): Promise<Markets> {
  const kept = cache.get(CACHE_KIND) as readonly (readonly [string, string, string])[] | undefined;
  if (kept) return new Map(kept.map(([id, base, quote]) => [id, { id, base, quote }]));
  const { endpoint, params, marketsOf } = traits.markets;
  const markets = marketsOf(await ask(endpoint, params));
  const slim = markets.map(({ id, base, quote }) => [id, base, quote]);
  if (slim.length > 0) cache.set(CACHE_KIND, slim, TIME_TO_LIVE_MS);
  return new Map(markets.map((market) => [market.id, market]));
}

/** Longest first: USDC before C, and the coins that markets are quoted in now before the rest. */
const QUOTES = [
  'USDT',
  'USDC',
  'USDE',
  'USD1',
  'RLUSD',
  'BTC',
  'ETH',
  'EUR',
  'BRL',
  'PLN',
  'TRY',
  'SOL',
  'DAI',
  'MNT',
  'BIT',
  'USD',
].sort((a, b) => b.length - a.length);

/** Base and quote of a symbol; a pair that was delisted is no longer among the markets and is split by its quote. */
export function splitSymbol(symbol: string, markets: Markets): Pick<Market, 'base' | 'quote'> {
  const market = markets.get(symbol);
  if (market) return market;
  const quote = QUOTES.find((candidate) => symbol.endsWith(candidate) && symbol.length > candidate.length);
  if (quote === undefined) {
    throw new ExpectedError('guard', `the traded pair ${JSON.stringify(symbol.slice(0, 60))} is not known`, {
      fix: 'Nothing was stored. Update exchange-sync; if it stays so, report it with the log.',
    });
  }
  return { base: symbol.slice(0, -quote.length), quote };
}
