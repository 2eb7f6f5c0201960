import type { Trader } from './trader.js';

const COINS = ['BTC', 'ETH', 'SOL', 'MNT', 'BNB', 'USDT', 'USDC', 'XRP'] as const;
const SWEPT = ['ETH', 'SOL', 'MNT', 'XRP', 'USDC'] as const;
const SMALL_BALANCE = 300;
const REWARDS = ['SOL', 'BNB', 'USDT', 'GIFT', 'ETH'] as const;

/** One coin for another without an order book; some quotes fail. */
export function convert(trader: Trader): void {
  const { random, account } = trader;
  const from = random.pick(COINS);
  const to = random.pick(COINS.filter((coin) => coin !== from && coin !== 'XRP'));
  const amount = trader.some(from, 0.2);
  if (amount === undefined) return;
  account.convert({ from, to, amount, ...(random.chance(0.1) ? { status: 'FAIL' } : {}) });
  trader.mayShowLate(account.conversions);
}

/** All small balances at one stroke. */
export function sweep(trader: Trader): void {
  const { account } = trader;
  const small = SWEPT.filter((asset) => {
    const value = trader.has(asset).times(trader.priceOf(asset));
    return value.gt(1) && value.lt(SMALL_BALANCE);
  });
  if (small.length === 0) return;
  account.sweepDust(small);
  trader.mayShowLate(account.sweeps);
}

/** From another user of Bybit, off the chain. */
export function receiveFromUser(trader: Trader): void {
  const { random, account } = trader;
  const asset = random.pick(['BTC', 'MNT', 'USDT'] as const);
  const state = random.chance(0.9) ? 'done' : 'failed';
  account.receiveFromUser(asset, trader.worth(asset, random.whole(20, 900)), { state });
  trader.mayShowLate(account.internalDeposits);
}

/** Interest, airdrops and rewards, sometimes taken back. */
export function reward(trader: Trader): void {
  const { random, account } = trader;
  const asset = random.pick(REWARDS);
  const note = random.pick(['Flexible Interest', 'Launchpool Airdrop', 'Locked Rewards']);
  const takenBack = random.chance(0.1) ? trader.some(asset, 0.01) : undefined;
  const amount = takenBack === undefined ? trader.worth(asset, random.whole(2, 60)) : `-${takenBack}`;
  account.receive(asset, amount, { note });
  trader.mayShowLate(account.dividends);
}

/** Into Earn and back: the same coins in another place. */
export function earn(trader: Trader): void {
  const { random, account } = trader;
  const asset = random.pick(['BTC', 'ETH', 'SOL'] as const);
  const placed = account.flexible.get(asset);
  if (placed?.gt(0) && random.chance(0.5)) {
    account.subscribe(asset, placed.negated().toFixed());
    return;
  }
  const amount = trader.some(asset, 0.1);
  if (amount === undefined) return;
  if (random.chance(0.2)) account.lock(asset, amount);
  else account.subscribe(asset, amount);
}
