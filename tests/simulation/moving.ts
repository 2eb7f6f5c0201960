import { Decimal } from '../simulator/decimal.js';
import type { TransferState } from '../simulator/events.js';
import type { Trader } from './trader.js';

/** Of all that is sent between the two accounts without a transaction's name, so that its figures alone fit. */
const UNNAMED_COIN = 'SOL';
const NAMED_COINS = ['BTC', 'ETH', 'MNT', 'USDT', 'USDC'] as const;
const STRANGE_COINS = ['BTC', 'ETH', 'USDT', 'USDC', 'EURX', 'BNB', 'GIFT'] as const;
const FEE_SHARE = '0.0008';
const DAY_MINUTES = 24 * 60;

/** From elsewhere: done at once, or under way for hours; into either wallet. */
export function deposit(trader: Trader): void {
  const { random, account, agenda } = trader;
  const asset = random.pick(STRANGE_COINS);
  const wallet = random.chance(0.3) ? 'FUND' : 'UNIFIED';
  const amount = trader.worth(asset, random.whole(200, 6000));
  if (random.chance(0.6)) {
    account.deposit(asset, amount, { wallet });
    trader.mayShowLate(account.deposits);
    return;
  }
  const row = account.deposit(asset, amount, { wallet, state: 'pending' });
  const end = random.weighted<TransferState>([
    [6, 'done'],
    [2, 'credited'],
    [1, 'rejected'],
  ]);
  agenda.add(trader.minutesLater(random.whole(2, DAY_MINUTES)), () => {
    account.settle(row, end);
  });
}

/** To elsewhere; the coins are gone at once, and come back where it fails. */
export function withdraw(trader: Trader): void {
  const { random, account, agenda } = trader;
  const asset = random.pick(STRANGE_COINS);
  const wallet = random.chance(0.3) ? 'FUND' : 'UNIFIED';
  const amount = trader.some(asset, 0.2, wallet);
  if (amount === undefined) return;
  const fee = feeOf(amount);
  if (random.chance(0.6)) {
    account.withdraw(asset, amount, { wallet, fee });
    trader.mayShowLate(account.withdrawals);
    return;
  }
  const row = account.withdraw(asset, amount, { wallet, fee, state: 'pending' });
  const end = random.weighted<TransferState>([
    [6, 'done'],
    [1, 'failed'],
    [1, 'cancelled'],
  ]);
  agenda.add(trader.minutesLater(random.whole(2, DAY_MINUTES)), () => {
    account.settle(row, end);
  });
}

/** From one account of one's own to the other; both exchanges name the transaction, each in its own way. */
export function send(from: Trader, to: Trader): void {
  const { random, agenda, journeys } = from;
  const asset = random.pick(NAMED_COINS);
  const amount = from.some(asset, 0.3);
  if (amount === undefined) return;
  const sent = from.account.withdraw(asset, amount, { fee: feeOf(amount) });
  from.mayShowLate(from.account.withdrawals);
  const txid = String(sent['txID']);
  agenda.add(from.minutesLater(random.whole(1, 5 * 60)), () => {
    const arrived = to.account.deposit(asset, amount, { wallet: random.chance(0.2) ? 'FUND' : 'UNIFIED' });
    arrived['txID'] = random.pick([txid, txid.slice(2), txid.toUpperCase()]);
    journeys.push({ withdrawal: sent, deposit: arrived, arrivesAt: to.world.now() });
    to.mayShowLate(to.account.deposits);
  });
}

/** The other exchange names no transaction, and its clock may be behind. */
export function sendUnnamed(from: Trader, to: Trader): void {
  const { random, world, agenda, journeys } = from;
  const amount = from.some(UNNAMED_COIN, 0.5);
  if (amount === undefined) return;
  const clockBehind = random.chance(0.3);
  // Nothing else happens while the clocks disagree, for what is sent must have been there.
  if (clockBehind) world.goTo(from.minutesLater(10));
  const sent = from.account.withdraw(UNNAMED_COIN, amount, { fee: feeOf(amount) });
  const time = from.minutesLater(clockBehind ? -random.whole(1, 4) : random.whole(1, 5 * 60));
  agenda.add(Math.max(time, world.now()), () => {
    const arrived = to.account.deposit(UNNAMED_COIN, amount, { time });
    arrived['txID'] = '';
    journeys.push({ withdrawal: sent, deposit: arrived, arrivesAt: time });
  });
}

/** Between the wallets of one account: nobody's gain. */
export function shift(trader: Trader): void {
  const { random, account } = trader;
  const [from, to] = random.chance(0.7) ? (['FUND', 'UNIFIED'] as const) : (['UNIFIED', 'FUND'] as const);
  const asset = random.pick(STRANGE_COINS);
  const amount = trader.some(asset, from === 'FUND' ? 1 : 0.1, from);
  if (amount !== undefined) account.move(asset, amount, from, to);
}

const feeOf = (amount: string): string => new Decimal(amount).times(FEE_SHARE).toFixed();
