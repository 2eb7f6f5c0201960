import type { SimulatedAccount } from '../simulator/account.js';
import type { World } from '../simulator/world.js';

export const KEY = 'demoKey000000000000';
export const SECRET = 'demoSecret00000000000000000000000000';
export const DAYS_APART = 5;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Half a year of an account: fees in the base, the quote and a third coin, two wallets. */
export function beforeTheFirstSync(world: World): SimulatedAccount {
  const account = world.addAccount(KEY, SECRET);
  const daysAgo = (days: number) => world.now() - days * DAY_MS;
  account.deposit('USDT', '60000', { time: daysAgo(180) });
  account.trade({
    symbol: 'MNTUSDT',
    side: 'Buy',
    amount: '800',
    price: '0.6104',
    time: daysAgo(171),
    feeAsset: 'USDT',
  });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.25', price: '51840.5', time: daysAgo(170) });
  account.trade({
    symbol: 'BTCUSDT',
    side: 'Buy',
    amount: '0.15',
    price: '58211.2',
    time: daysAgo(98),
    feeAsset: 'MNT',
  });
  account.trade({ symbol: 'ETHUSDT', side: 'Buy', amount: '4', price: '2790.1', time: daysAgo(96) });
  account.trade({ symbol: 'XRPUSDT', side: 'Buy', amount: '6000', price: '0.4925', time: daysAgo(60) });
  account.trade({ symbol: 'ETHUSDT', side: 'Sell', amount: '1.5', price: '3344.75', time: daysAgo(31) });
  account.trade({ symbol: 'ORDXBTC', side: 'Buy', amount: '20000', price: '0.00000119', time: daysAgo(12) });
  account.deposit('SOL', '12.5', { time: daysAgo(9), wallet: 'FUND' });
  account.deposit('GIFT', '1000', { time: daysAgo(8), wallet: 'FUND' });
  return account;
}

/** Between the two syncs. */
export function daysPass(world: World, account: SimulatedAccount): void {
  const hoursAgo = (hours: number) => world.now() - hours * HOUR_MS;
  account.trade({ symbol: 'XRPUSDT', side: 'Sell', amount: '5994', price: '0.6218', time: hoursAgo(90) });
  account.trade({
    symbol: 'SOLUSDT',
    side: 'Buy',
    amount: '20',
    price: '139.4',
    time: hoursAgo(70),
    feeAsset: 'MNT',
  });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.05', price: '61002.9', time: hoursAgo(44) });
  account.trade({
    symbol: 'ETHUSDT',
    side: 'Sell',
    amount: '0.5',
    price: '3290.05',
    time: hoursAgo(26),
    feeAsset: 'MNT',
  });
  account.deposit('USDT', '2500', { time: hoursAgo(20) });
  account.withdraw('BTC', '0.02', { time: hoursAgo(6), fee: '0.0001' });
  world.setPrice('BTCUSDT', '66120.4');
  world.setPrice('ETHUSDT', '3188.62');
  world.setPrice('SOLUSDT', '151.07');
}
