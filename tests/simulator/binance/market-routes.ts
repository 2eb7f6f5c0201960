import type { World } from '../world.js';
import { candles } from './candles.js';
import { instrument } from './instrument.js';
import { listedSymbols } from './parameters.js';
import { dayTicker, miniTicker } from './tickers.js';
import { BinanceError, marketPrice, padded, type Params, type PublicRoute } from './wire.js';

const CHOICE = ['symbol', 'symbols', 'symbolStatus'];

/** Asked without a key. */
export const MARKET_ROUTES: Readonly<Record<string, PublicRoute>> = {
  '/api/v3/time': { weight: 1, reads: [], answer: (world) => ({ serverTime: world.now() }) },
  '/api/v3/exchangeInfo': {
    weight: 20,
    reads: [...CHOICE, 'permissions', 'showPermissionSets'],
    answer: exchangeInfo,
  },
  '/api/v3/ticker/price': {
    weight: (params) => (params.has('symbol') ? 2 : 4),
    reads: CHOICE,
    answer: (world, params) =>
      oneOrAll(world, params, (symbol) => ({
        symbol,
        price: padded(marketPrice(world, symbol, world.now())),
      })),
  },
  '/api/v3/ticker/24hr': {
    weight: dayTickerWeight,
    reads: [...CHOICE, 'type'],
    answer: (world, params) => {
      const render = params.get('type') === 'MINI' ? miniTicker : dayTicker;
      return oneOrAll(world, params, (symbol) => render(world, symbol));
    },
  },
  '/api/v3/klines': {
    weight: 2,
    reads: ['symbol', 'interval', 'startTime', 'endTime', 'timeZone', 'limit'],
    answer: candles,
  },
};

function exchangeInfo(world: World, params: Params, weightLimit: number) {
  const limit = (rateLimitType: string, interval: string, intervalNum: number, most: number) => ({
    rateLimitType,
    interval,
    intervalNum,
    limit: most,
  });
  return {
    timezone: 'UTC',
    serverTime: world.now(),
    rateLimits: [
      limit('REQUEST_WEIGHT', 'MINUTE', 1, weightLimit),
      limit('ORDERS', 'SECOND', 10, 100),
      limit('ORDERS', 'DAY', 1, 200_000),
      limit('RAW_REQUESTS', 'MINUTE', 5, 61_000),
    ],
    exchangeFilters: [],
    symbols: chosen(world, params).map((symbol) => instrument(world, symbol)),
  };
}

/** Of delisted markets too: their last price stays for ever. */
function oneOrAll(world: World, params: Params, render: (symbol: string) => object): object {
  const rows = chosen(world, params).map(render);
  const [first] = rows;
  if (!params.has('symbol')) return rows;
  if (first) return first;
  throw new BinanceError(-1220, 'The symbol does not match the status.');
}

function chosen(world: World, params: Params): readonly string[] {
  const all = [...world.markets.keys(), ...world.delisted.keys()];
  const status = params.get('symbolStatus');
  return (listedSymbols(world, params) ?? all).filter(
    (symbol) => status === undefined || statusOf(world, symbol) === status,
  );
}

const statusOf = (world: World, symbol: string): string => (world.markets.has(symbol) ? 'TRADING' : 'BREAK');

function dayTickerWeight(params: Params): number {
  if (params.has('symbol')) return 2;
  const count = params.get('symbols')?.split(',').length ?? Infinity;
  if (count <= 20) return 2;
  return count <= 100 ? 40 : 80;
}
