import { type AccountEvent, feeLegs, legOf } from '../../src/models/account-event.js';
import { priceAt } from './accounting-trades.js';

export interface FloatTrade {
  readonly base: string;
  readonly quote: string;
  readonly buys: boolean;
  readonly amount: number;
  readonly value: number;
  readonly feeAsset: string;
  readonly fee: number;
}

interface FloatPool {
  quantity: number;
  cost: number;
  realized: number;
}

export function floatsOf(trade: AccountEvent): FloatTrade {
  const [base, quote, [fee]] = [legOf(trade, 'base'), legOf(trade, 'quote'), feeLegs(trade)];
  return {
    base: base.asset,
    quote: quote.asset,
    buys: base.amount.isPositive(),
    amount: Number(base.amount.abs().toString()),
    value: Number(quote.amount.abs().toString()),
    feeAsset: fee?.asset ?? '',
    fee: Number(fee?.amount.negated().toString() ?? '0'),
  };
}

const PRICES = new Map(['BNB', 'BTC'].map((asset) => [asset, Number(priceAt(asset)?.toString())]));

/** The average method as it is written plainly: what exactness and everything that is counted cost beside it. */
export class FloatBooks {
  readonly #pools = new Map<string, FloatPool>();

  apply({ base, quote, buys, amount, value, feeAsset, fee }: FloatTrade): void {
    const V = quote === 'USDT' ? value : value * (PRICES.get(quote) ?? NaN);
    const m = this.#valueOfFee(base, quote, amount, value, V, feeAsset, fee);
    const [given, received] = buys ? [quote, base] : [base, quote];
    let [out, came] = buys ? [value, amount] : [amount, value];
    let [cost, proceeds] = [V, V];
    if (feeAsset === received && received !== 'USDT') came -= fee;
    else {
      if (feeAsset === given) out += fee;
      if (received !== 'USDT') {
        cost += m;
        if (feeAsset === given) proceeds += m;
      } else if (feeAsset !== given) proceeds -= m;
    }
    if (given !== 'USDT') this.#dispose(given, out, proceeds);
    if (received !== 'USDT') this.#acquire(received, came, cost);
    if (feeAsset !== 'USDT' && feeAsset !== given && feeAsset !== received) this.#dispose(feeAsset, fee, m);
  }

  #valueOfFee(
    base: string,
    quote: string,
    amount: number,
    value: number,
    V: number,
    asset: string,
    fee: number,
  ): number {
    if (asset === 'USDT') return fee;
    if (asset === base) return (V * fee) / amount;
    return asset === quote ? (V * fee) / value : fee * (PRICES.get(asset) ?? NaN);
  }

  #acquire(asset: string, quantity: number, cost: number): void {
    const pool = this.#pool(asset);
    pool.quantity += quantity;
    pool.cost += cost;
  }

  #dispose(asset: string, quantity: number, proceeds: number): void {
    const pool = this.#pool(asset);
    const cost = quantity >= pool.quantity ? pool.cost : (pool.cost * quantity) / pool.quantity;
    pool.quantity = Math.max(0, pool.quantity - quantity);
    pool.cost -= cost;
    pool.realized += proceeds - cost;
  }

  #pool(asset: string): FloatPool {
    const known = this.#pools.get(asset);
    if (known) return known;
    const pool = { quantity: 0, cost: 0, realized: 0 };
    this.#pools.set(asset, pool);
    return pool;
  }
}
