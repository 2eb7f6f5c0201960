import type { AccountEvent, Leg } from '../../src/models/account-event.js';
import { type Decimal, ONE, parseDecimal, ZERO } from '../../src/models/decimal.js';

const COINS = ['ETH', 'SOL', 'XRP', 'ADA', 'DOT', 'LTC'] as const;
const MILLI = parseDecimal('0.001');
const TENTH = parseDecimal('0.1');
const FUEL = { asset: 'BNB', least: parseDecimal('1'), bought: parseDecimal('5') };
const COIN = { asset: 'BTC', least: parseDecimal('2'), bought: parseDecimal('20') };
const MARKET: ReadonlyMap<string, Decimal> = new Map([
  ['BNB', parseDecimal('300.5')],
  ['BTC', parseDecimal('60000.25')],
]);
const CYCLE = 16;
const EVERY_MS = 10_000;

export const priceAt = (asset: string): Decimal | undefined => MARKET.get(asset);

/**
 * Trades without end, the same at every run: eight buys of a coin, then sales until nothing is left, so that
 * the open lots stay few however long it goes. Fees in cash, in the coin itself and in a third one; every
 * fourth cycle is paid in BTC.
 */
export class TradeSource {
  readonly #held = new Map<string, Decimal>();
  #serial = 0;
  #step = 0;
  #seed = 1;

  take(count: number): readonly AccountEvent[] {
    return Array.from({ length: count }, () => this.#next());
  }

  #next(): AccountEvent {
    const [cycle, step] = [Math.floor(this.#step / CYCLE), this.#step % CYCLE];
    const quote = cycle % 4 === 3 ? COIN.asset : 'USDT';
    const left = this.#of(COIN.asset);
    for (const { asset, least, bought } of quote === COIN.asset ? [FUEL, COIN] : [FUEL]) {
      if (this.#of(asset).lt(least)) {
        return this.#trade('buy', asset, 'USDT', bought, priceAt(asset) ?? ONE, 'cash');
      }
    }
    if (quote !== COIN.asset && !left.isZero()) {
      return this.#trade('sell', COIN.asset, 'USDT', left, priceAt(COIN.asset) ?? ONE, 'third');
    }
    this.#step += 1;
    const base = COINS[cycle % COINS.length] ?? 'ETH';
    const price = parseDecimal(`${this.#random(90_000) + 10_000}e-${quote === 'BTC' ? 6 : 2}`);
    const fee = (['cash', 'base', 'third'] as const)[step % 3] ?? 'cash';
    if (step < CYCLE / 2)
      return this.#trade('buy', base, quote, parseDecimal(`${this.#random(1e9) + 1}e-8`), price, fee);
    const held = this.#of(base);
    // The last sale takes all, so its fee is paid in another coin.
    if (step === CYCLE - 1) return this.#trade('sell', base, quote, held, price, 'third');
    return this.#trade('sell', base, quote, held.times(TENTH).toDecimalPlaces(8), price, fee);
  }

  #trade(
    side: 'buy' | 'sell',
    base: string,
    quote: string,
    amount: Decimal,
    price: Decimal,
    paidIn: 'cash' | 'base' | 'third',
  ): AccountEvent {
    this.#serial += 1;
    const value = amount.times(price).toDecimalPlaces(8);
    const bought = side === 'buy' ? ONE : ONE.negated();
    const legs = [
      leg('base', base, amount.times(bought)),
      leg('quote', quote, value.times(bought).negated()),
      feeOf(paidIn, base, quote, amount, value),
    ];
    for (const change of legs) this.#add(change.asset, change.amount);
    return {
      id: String(this.#serial),
      source: 'trades',
      time: this.#serial * EVERY_MS,
      type: 'trade',
      status: 'done',
      market: `${base}/${quote}`,
      legs,
      raw: undefined,
    };
  }

  #of(asset: string): Decimal {
    return this.#held.get(asset) ?? ZERO;
  }

  #add(asset: string, amount: Decimal): void {
    this.#held.set(asset, this.#of(asset).plus(amount));
  }

  #random(below: number): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed % below;
  }
}

function feeOf(paidIn: string, base: string, quote: string, amount: Decimal, value: Decimal): Leg {
  if (paidIn === 'third') return leg('fee', FUEL.asset, MILLI.negated());
  const [asset, whole] = paidIn === 'base' ? [base, amount] : [quote, value];
  return leg('fee', asset, whole.times(MILLI).toDecimalPlaces(8).negated());
}

const leg = (role: Leg['role'], asset: string, amount: Decimal): Leg => ({
  asset,
  amount,
  role,
  wallet: undefined,
});
