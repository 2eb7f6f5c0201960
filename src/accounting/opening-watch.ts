import type { AccountEvent } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { Ledger } from './ledger.js';
import { sumOfLots } from './lot.js';
import { totalOf } from './totals.js';

/**
 * Watches a replay for what an opening entry needs: when the history begins, and which quantities it explains
 * at the time (ms) at which the balances were read that the openings explain.
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

  /** Before each event is applied. */
  see(ledger: Ledger, { type, time }: AccountEvent): void {
    if (time > this.#balanceAt) this.#explained ??= explainedBy(ledger);
    if (type !== 'opening') this.first ??= time;
  }

  /** After the last event. */
  explained(ledger: Ledger): ReadonlyMap<string, Decimal> {
    return (this.#explained ??= explainedBy(ledger));
  }
}

/** The sum of all movements of each asset: a pool stops at 0, so coins that left beyond it are counted apart. */
const explainedBy = (ledger: Ledger): ReadonlyMap<string, Decimal> =>
  new Map(
    ledger.state().pools.map((pool) => {
      const quantity = pool.cash ? pool.balance : sumOfLots(pool).quantity;
      return [pool.asset, quantity.minus(totalOf(pool).missing)];
    }),
  );

/** The same of pools as they are stored. */
export const explainedQuantity = (pool: {
  readonly quantity: Decimal;
  readonly total: { readonly missing: Decimal };
}): Decimal => pool.quantity.minus(pool.total.missing);
