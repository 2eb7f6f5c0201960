import type { AccountEvent } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { Ledger } from './ledger.js';
import { sumOfLots } from './lot.js';
import { totalOf } from './totals.js';

/**
 * Collects during a replay what opening entries need: when the history begins, and the quantities that it
 * explains at the time (ms) at which the balances of the openings were read.
 */
export class OpeningWatch {
  readonly #balanceAt: number;
  /** Whether the history must be replayed from its beginning. */
  readonly whole: boolean;
  /** Time of the first recorded event that was applied. */
  first: number | undefined;
  #explained: ReadonlyMap<string, Decimal> | undefined;

  constructor(balanceAt: number, { whole }: { readonly whole: boolean }) {
    this.#balanceAt = balanceAt;
    this.whole = whole;
  }

  /** To be called before each event is applied. */
  see(ledger: Ledger, { type, time }: AccountEvent): void {
    if (time > this.#balanceAt) this.#explained ??= explainedBy(ledger);
    if (type !== 'opening') this.first ??= time;
  }

  /** To be called after the last event: the explained quantities by asset. */
  explained(ledger: Ledger): ReadonlyMap<string, Decimal> {
    return (this.#explained ??= explainedBy(ledger));
  }
}

/** The sum of all movements of each asset. A pool stops at 0, so coins missing below that are subtracted. */
const explainedBy = (ledger: Ledger): ReadonlyMap<string, Decimal> =>
  new Map(
    ledger.state().pools.map((pool) => {
      const quantity = pool.cash ? pool.balance : sumOfLots(pool).quantity;
      return [pool.asset, quantity.minus(totalOf(pool).missing)];
    }),
  );

/** The same for one stored pool. */
export const explainedQuantity = (pool: {
  readonly quantity: Decimal;
  readonly total: { readonly missing: Decimal };
}): Decimal => pool.quantity.minus(pool.total.missing);
