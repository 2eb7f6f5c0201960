import { Decimal } from '../simulator/decimal.js';
import type { SimulatedMarket } from '../simulator/world.js';
import type { Trader } from './trader.js';

/** The one coin that was there before the history began; it is only ever given away. */
export const OLD_COIN = 'XRP';

const SLIPPAGE = 0.002;

/** One fill in some market, by market price or near it. */
export function trade(trader: Trader): void {
  const { random, world } = trader;
  const market = random.pick([...world.markets.values()]);
  const side = market.base === OLD_COIN || random.chance(0.45) ? 'Sell' : 'Buy';
  fill(trader, market, side);
}

/** One order that was filled in parts, all in the same millisecond. */
export function burst(trader: Trader): void {
  const { random, world } = trader;
  const market = random.pick([...world.markets.values()].filter(({ base }) => base !== OLD_COIN));
  const side = random.chance(0.5) ? 'Sell' : 'Buy';
  for (let parts = random.whole(2, 6); parts > 0; parts -= 1) fill(trader, market, side);
}

/** Everything of a coin, to the last digit. */
export function exit(trader: Trader): void {
  const { random, world, account } = trader;
  const market = random.pick([...world.markets.values()].filter(({ quote }) => quote === 'USDT'));
  const amount = trader.has(market.base);
  if (!amount.gt(0)) return;
  account.trade({
    symbol: market.id,
    side: 'Sell',
    amount: amount.toFixed(),
    ...feeOf(trader, market, 'Sell', true),
  });
  trader.mayShowTradeLate(market.id);
}

function fill(trader: Trader, market: SimulatedMarket, side: 'Buy' | 'Sell'): void {
  const { random, world, account } = trader;
  const drift = 1 + (random.whole(-1000, 1000) / 1000) * SLIPPAGE;
  const price = new Decimal(world.priceAt(market.id, world.now())).times(drift).toSignificantDigits(7);
  const given = trader.some(side === 'Buy' ? market.quote : market.base, 0.25);
  if (given === undefined) return;
  const amount = side === 'Buy' ? trader.rounded(new Decimal(given).div(price)) : given;
  if (amount === undefined) return;
  account.trade({ symbol: market.id, side, amount, price: price.toFixed(), ...feeOf(trader, market, side) });
  trader.mayShowTradeLate(market.id);
}

/** In what is received, in what is given, in the exchange's own coin; or a rebate. */
function feeOf(trader: Trader, { base, quote }: SimulatedMarket, side: 'Buy' | 'Sell', all = false) {
  const { random, feeCoin } = trader;
  const [received, given] = side === 'Buy' ? [base, quote] : [quote, base];
  const coin = trader.has(feeCoin).times(trader.priceOf(feeCoin)).gt(50) ? feeCoin : received;
  const feeAsset = random.weighted([
    [5, received],
    [all ? 0 : 2, given],
    [3, coin],
  ]);
  const feeRate = random.weighted([
    [6, '0.001'],
    [3, '0.00075'],
    [1, all ? '0.0018' : '-0.00005'],
    [1, '0'],
  ]);
  // A fee in the coin of which everything goes would be more than there is.
  return { feeAsset: all && feeAsset === base ? quote : feeAsset, feeRate };
}
