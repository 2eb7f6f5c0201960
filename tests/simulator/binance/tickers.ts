import { Decimal } from '../decimal.js';
import type { World } from '../world.js';
import { marketPrice, padded } from './wire.js';

const DAY_MS = 86_400_000;
const VOLUME = '1204.50000000';

export function dayTicker(world: World, symbol: string) {
  const { last, open, at } = prices(world, symbol);
  const traded = world.markets.has(symbol);
  const change = last.minus(open);
  return {
    symbol,
    priceChange: padded(change),
    priceChangePercent: change.div(open).times(100).toFixed(3),
    weightedAvgPrice: padded(last.plus(open).div(2).toDecimalPlaces(8)),
    prevClosePrice: padded(open),
    lastPrice: padded(last),
    lastQty: traded ? '0.23925000' : '0.00000000',
    bidPrice: padded(traded ? last : '0'),
    bidQty: traded ? '6.27086000' : '0.00000000',
    askPrice: padded(traded ? last : '0'),
    askQty: traded ? '0.03321000' : '0.00000000',
    ...volumes(world, symbol, { last, open, at }),
  };
}

export function miniTicker(world: World, symbol: string) {
  const { last, open, at } = prices(world, symbol);
  return { symbol, lastPrice: padded(last), ...volumes(world, symbol, { last, open, at }) };
}

interface Prices {
  readonly last: Decimal;
  readonly open: Decimal;
  readonly at: number;
}

function prices(world: World, symbol: string): Prices {
  const at = world.now();
  return { last: marketPrice(world, symbol, at), open: marketPrice(world, symbol, at - DAY_MS), at };
}

/** Where nothing is traded any more the ids are -1. */
function volumes(world: World, symbol: string, { last, open, at }: Prices) {
  const traded = world.markets.has(symbol);
  return {
    openPrice: padded(open),
    highPrice: padded(Decimal.max(last, open)),
    lowPrice: padded(Decimal.min(last, open)),
    volume: traded ? VOLUME : '0.00000000',
    quoteVolume: padded(traded ? last.times(VOLUME).toDecimalPlaces(8) : '0'),
    openTime: at - DAY_MS,
    closeTime: at,
    firstId: traded ? 3_476_288_989 : -1,
    lastId: traded ? 3_479_476_926 : -1,
    count: traded ? 3_187_938 : 0,
  };
}
