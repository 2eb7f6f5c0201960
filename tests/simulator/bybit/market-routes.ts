import type { World } from '../world.js';
import { BybitError, type Params, type PublicRoute } from './dialect.js';

const INTERVALS: Readonly<Record<string, number>> = { '1': 60_000, '60': 3_600_000, D: 86_400_000 };

/** Asked without a key. */
export const MARKET_ROUTES: Readonly<Record<string, PublicRoute>> = {
  '/v5/market/time': (world) => ({
    retMsg: 'OK',
    result: {
      timeSecond: String(Math.floor(world.now() / 1000)),
      timeNano: `${world.now()}000000`,
    },
  }),
  '/v5/market/instruments-info': (world, params) => ({
    retMsg: 'OK',
    result: { category: 'spot', list: chosen(world, params).map(instrument) },
  }),
  '/v5/market/tickers': (world, params) => ({
    retMsg: 'OK',
    result: { category: 'spot', list: chosen(world, params).map((market) => ticker(world, market.id)) },
  }),
  '/v5/market/kline': (world, params) => kline(world, params),
};

function chosen(world: World, params: Params) {
  if (params.get('category') !== 'spot') throw new BybitError(10001, 'params error: category');
  const symbol = params.get('symbol');
  return [...world.markets.values()].filter(({ id }) => symbol === undefined || symbol === id);
}

const instrument = ({ id, base, quote }: { id: string; base: string; quote: string }) => ({
  symbol: id,
  baseCoin: base,
  quoteCoin: quote,
  innovation: '0',
  status: 'Trading',
  marginTrading: 'utaOnly',
  stTag: '0',
  lotSizeFilter: {
    basePrecision: '0.000001',
    quotePrecision: '0.0000001',
    minOrderQty: '0.000011',
    maxOrderQty: '83',
    minOrderAmt: '5',
    maxOrderAmt: '8000000',
  },
  priceFilter: { tickSize: '0.1' },
  riskParameters: { priceLimitRatioX: '0.01', priceLimitRatioY: '0.02' },
});

function ticker(world: World, id: string) {
  const lastPrice = world.priceAt(id, world.now());
  return {
    symbol: id,
    bid1Price: lastPrice,
    bid1Size: '2',
    ask1Price: lastPrice,
    ask1Size: '1.862172',
    lastPrice,
    prevPrice24h: world.priceAt(id, world.now() - 86_400_000),
    price24hPcnt: '0.0068',
    highPrice24h: lastPrice,
    lowPrice24h: lastPrice,
    turnover24h: '243765620.65899866',
    volume24h: '11801.27771',
    usdIndexPrice: '',
  };
}

/** Newest first; the candle that contains `start` is among them. */
function kline(world: World, params: Params) {
  const symbol = params.get('symbol') ?? '';
  const step = INTERVALS[params.get('interval') ?? ''];
  if (!world.markets.has(symbol) || step === undefined) throw new BybitError(10001, 'Not supported symbols');
  const limit = Number(params.get('limit') ?? '200');
  const end = Number(params.get('end') ?? world.now());
  const start = Number(params.get('start') ?? end - limit * step);
  const list: string[][] = [];
  for (let time = end - (end % step); time > start - step && list.length < limit; time -= step) {
    const price = world.priceAt(symbol, time);
    list.push([String(time), price, price, price, price, '1.5', '90000']);
  }
  return { retMsg: 'OK', result: { category: 'spot', symbol, list } };
}
