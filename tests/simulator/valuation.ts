import { Decimal, type Decimal as Amount, ZERO } from './decimal.js';
import type { World } from './world.js';

/** What a wallet is worth in US dollars, by the markets against USDT. */
export const valueOf = (world: World, balances: ReadonlyMap<string, Amount>): Amount =>
  [...balances].reduce((sum, [asset, amount]) => sum.plus(amount.times(priceOf(world, asset))), ZERO);

function priceOf(world: World, asset: string): string {
  if (asset === 'USDT') return '1';
  return world.markets.has(`${asset}USDT`) ? world.priceAt(`${asset}USDT`, world.now()) : '0';
}

export const sumOf = (texts: Iterable<string>): Amount =>
  [...texts].reduce((sum, text) => sum.plus(new Decimal(text)), ZERO);
