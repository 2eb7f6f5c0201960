import type { SimulatedMarket, World } from '../world.js';
import { BybitError, type Params, type PublicRoute, whole } from './dialect.js';

const INTERVALS: Readonly<Record<string, number>> = { '1': 60_000, '60': 3_600_000, D: 86_400_000 };

const LARGEST_KLINE = 1000;

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

function chosen(world: World, params: Params): SimulatedMarket[] {
  checkCategory(params);
  return params.has('symbol') ? [marketOf(world, params)] : [...world.markets.values()];
}

/** Candles are those of linear contracts where no category is named; they are not simulated. */
function checkCategory(params: Params): void {
  if (params.get('category') !== 'spot') throw new BybitError(10001, 'params error: category');
}

function marketOf(world: World, params: Params): SimulatedMarket {
  const market = world.markets.get(params.get('symbol') ?? '');
  if (!market) throw new BybitError(10001, 'Not supported symbols');
  return market;
}

const instrument = ({ id, base, quote }: SimulatedMarket, index: number) => ({
  symbolId: index + 1,
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
    maxLimitOrderQty: '83',
    maxMarketOrderQty: '41.5',
    postOnlyMaxLimitOrderSize: '60000',
  },
  priceFilter: { tickSize: '0.1' },
  riskParameters: { priceLimitRatioX: '0.01', priceLimitRatioY: '0.02' },
  symbolType: '',
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
  checkCategory(params);
  const { id: symbol } = marketOf(world, params);
  const step = INTERVALS[params.get('interval') ?? ''];
  if (step === undefined) throw new BybitError(10001, 'params error: interval');
  const limit = Math.min(LARGEST_KLINE, whole(params, 'limit') ?? 200);
  const end = whole(params, 'end') ?? world.now();
  const start = whole(params, 'start') ?? end - limit * step;
  const list: string[][] = [];
  for (let time = end - (end % step); time > start - step && list.length < limit; time -= step) {
    if (!world.hasOpened(symbol, time + step)) break;
    const price = world.priceAt(symbol, time);
    list.push([String(time), price, price, price, price, '1.5', '90000']);
  }
  return { retMsg: 'OK', result: { category: 'spot', symbol, list } };
}
