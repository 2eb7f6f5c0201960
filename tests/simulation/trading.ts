import { Decimal } from '../simulator/decimal.js';
import type { SimulatedMarket } from '../simulator/world.js';
import type { Trader } from './trader.js';

/** The one coin that was there before the history began; it is only ever given away. */
export const OLD_COIN = 'XRP';

const SLIPPAGE = 0.002;
/** Of the trade's worth; the highest fee is a tenth of it, and prices jump. */
const RESERVE = 0.01;

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
  const { random, world } = trader;
  const market = random.pick([...world.markets.values()].filter(({ quote }) => quote === 'USDT'));
  const amount = trader.has(market.base);
  if (!amount.gt(0)) return;
  const price = world.priceAt(market.id, world.now());
  place(trader, market, { side: 'Sell', amount: amount.toFixed(), price, all: true });
}

function fill(trader: Trader, market: SimulatedMarket, side: Side): void {
  const { random, world } = trader;
  const drift = 1 + (random.whole(-1000, 1000) / 1000) * SLIPPAGE;
  const price = new Decimal(world.priceAt(market.id, world.now())).times(drift).toSignificantDigits(7);
  const given = trader.some(side === 'Buy' ? market.quote : market.base, 0.25);
  if (given === undefined) return;
  const amount = side === 'Buy' ? trader.rounded(new Decimal(given).div(price)) : given;
  if (amount !== undefined) place(trader, market, { side, amount, price: price.toFixed(), all: false });
}

type Side = 'Buy' | 'Sell';

interface Order {
  readonly side: Side;
  readonly amount: string;
  readonly price: string;
  /** True: nothing of what is given is left for a fee. */
  readonly all: boolean;
}

function place(trader: Trader, market: SimulatedMarket, order: Order): void {
  const { side, amount, price } = order;
  trader.account.trade({ symbol: market.id, side, amount, price, ...feeOf(trader, market, order) });
  trader.mayShowTradeLate(market.id);
}

/** In what is received, in what is given, in the exchange's own coin where there is enough; or a rebate. */
function feeOf(trader: Trader, { base, quote }: SimulatedMarket, { side, amount, price, all }: Order) {
  const { random, feeCoin } = trader;
  const [received, given] = side === 'Buy' ? [base, quote] : [quote, base];
  const worth = new Decimal(amount).times(price).times(trader.priceOf(quote));
  const reserve = trader.has(feeCoin).times(trader.priceOf(feeCoin));
  const paysInKind = feeCoin !== given && reserve.gt(worth.times(RESERVE));
  const feeAsset = random.weighted([
    [5, received],
    [all ? 0 : 2, given],
    [paysInKind ? 3 : 0, feeCoin],
  ]);
  const feeRate = random.weighted([
    [6, '0.001'],
    [3, '0.00075'],
    [1, '-0.00005'],
    [1, '0'],
  ]);
  return { feeAsset, feeRate };
}
