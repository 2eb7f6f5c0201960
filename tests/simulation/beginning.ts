import type { SimulatedAccount } from '../simulator/account.js';
import type { SteppedWorld } from './stepped-world.js';
import type { Trader } from './trader.js';
import { OLD_COIN } from './trading.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The history begins here; what was before is not asked for. */
export const FIRST_DAY = Date.UTC(2026, 0, 5);

const BEFORE_MS = 20 * DAY_MS;
/** After the first day's midnight. */
const BEGIN_MS = 2 * HOUR_MS;

/** So that a fee in the exchange's own coin has a size whatever the trade is quoted in. */
const FEE_MARKETS = [
  ['MNT', 'USDC', '0.7343'],
  ['MNT', 'BTC', '0.00001143'],
  ['BNB', 'USDC', '602.5'],
  ['BNB', 'BTC', '0.009376'],
] as const;

/** The markets, and what everybody has to begin with. */
export function begin(world: SteppedWorld, traders: readonly Trader[]): void {
  for (const [base, quote, price] of FEE_MARKETS) world.addMarket(base, quote, price);
  for (const { account } of traders) endow(account);
  world.goTo(FIRST_DAY + BEGIN_MS);
}

function endow(account: SimulatedAccount): void {
  account.deposit(OLD_COIN, '4321.987654', { time: FIRST_DAY - BEFORE_MS });
  account.deposit('USDT', '60000', { time: FIRST_DAY + BEGIN_MS });
  account.deposit('USDC', '25000', { time: FIRST_DAY + BEGIN_MS });
  account.deposit('BTC', '0.51234567', { time: FIRST_DAY + BEGIN_MS });
  account.deposit('MNT', '3000', { time: FIRST_DAY + BEGIN_MS });
  account.deposit('BNB', '4.5', { time: FIRST_DAY + BEGIN_MS });
}
