import { bridgeAssets } from '../../src/accounting/bridge.js';
import type { PriceLookup } from '../../src/accounting/settings.js';
import type { AssetBridge } from '../../src/models/bridge.js';
import { parseDecimal } from '../../src/models/decimal.js';
import type { AccountEvent } from '../../src/models/account-event.js';
import { type Coins, replayed, SETTINGS, trade, transfer } from './histories.js';
import { momentOf, type PriceOf } from './moments.js';

export const pricesOf =
  (prices: Readonly<Record<string, string>>): PriceOf =>
  (asset) => {
    const price = asset === 'USDT' ? '1' : prices[asset];
    return price === undefined ? undefined : parseDecimal(price);
  };

const NOW = { BTC: '70000', MNT: '2', ETH: '3000' };
const marketAt: PriceLookup = pricesOf({ MNT: '1', ETH: '2500', BTC: '60000' });

const amounts = (of: Readonly<Record<string, string>> = {}) =>
  new Map(Object.entries(of).map(([asset, amount]) => [asset, parseDecimal(amount)]));

export interface Case {
  readonly before?: readonly AccountEvent[];
  readonly since?: readonly AccountEvent[];
  readonly then?: Readonly<Record<string, string>>;
  readonly now?: Readonly<Record<string, string>>;
  readonly astrayThen?: Readonly<Record<string, string>>;
  readonly astrayNow?: Readonly<Record<string, string>>;
  readonly priceAt?: PriceLookup;
}

/** From what happened before to what happened since. */
export function way(one: Case): readonly AssetBridge[] {
  const { before = [], since = [], then = { BTC: '60000', MNT: '1' }, now = NOW, priceAt = marketAt } = one;
  const settings = { ...SETTINGS, depositCost: 'market' } as const;
  return bridgeAssets(
    momentOf(replayed({ events: before, priceAt, settings }).states, {
      price: pricesOf(then),
      astray: amounts(one.astrayThen),
    }),
    momentOf(replayed({ events: [...before, ...since], priceAt, settings }).states, {
      price: pricesOf(now),
      astray: amounts(one.astrayNow),
    }),
  );
}

export const MONEY = [transfer('deposit', 'USDT', '100000')];
/** One bitcoin for 60,000. */
export const HELD = [...MONEY, trade({ side: 'buy', amount: '1', value: '60000' })];
export const sell = (value: string, fee?: Coins) => [
  trade({ side: 'sell', amount: '1', value, fees: fee ? [fee] : [] }),
];
