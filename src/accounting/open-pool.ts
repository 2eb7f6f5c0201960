import { type Decimal, ZERO } from '../models/decimal.js';
import { type Lots, openLots } from './lots.js';
import type { Pool, Lot, TotalKind, Totals } from '../models/pool.js';
import { knownQuantity, merge, NOTHING } from './lot.js';
import { type AccountingSettings, type Kind, kindOf } from './settings.js';
import { addTotals, emptyTotals, type OpenTotals } from './totals.js';

/** What left a pool: how much of it was there, how much of that had a known cost, and that cost. */
export interface Taken {
  readonly parcels: readonly Lot[];
  readonly found: Decimal;
  readonly missing: Decimal;
  readonly known: Decimal;
  readonly cost: Decimal;
  /** The same without fees. */
  readonly grossCost: Decimal;
  readonly estimatedQuantity: Decimal;
}

/** One asset of one account while its events are applied: its pool, or for cash its balance, and its counts. */
export class OpenPool {
  readonly asset: string;
  readonly kind: Kind;
  readonly cash: boolean;
  lots: Lots;
  /** Of cash; may be negative, for spending it needs no purchase. */
  balance: Decimal;
  /** Everything up to yesterday, and today so far. */
  readonly past: OpenTotals;
  today: OpenTotals;
  #touched: boolean;

  constructor(asset: string, settings: AccountingSettings, state: Partial<Pool> = {}) {
    this.asset = asset;
    this.kind = kindOf(asset, settings);
    this.cash = this.kind.cash;
    this.lots = openLots(settings.method, state.lots);
    this.balance = state.balance ?? ZERO;
    this.past = { ...emptyTotals(), ...state.past };
    this.today = { ...emptyTotals(), ...state.today };
    this.#touched = state.today !== undefined;
  }

  get quantity(): Decimal {
    return this.cash ? this.balance : this.lots.quantity;
  }

  count(kind: TotalKind, amount: Decimal): void {
    this.today[kind] = this.today[kind].plus(amount);
    this.#touched = true;
  }

  /** What came in, with its market value. */
  recordIn(quantity: Decimal, value: Decimal | undefined): void {
    this.#touched = true;
    const { today } = this;
    if (this.cash) this.balance = this.balance.plus(quantity);
    if (value) today.book = today.book.plus(value);
    else this.#moveUnvalued(quantity);
  }

  /** What went out, with its market value. */
  recordOut(quantity: Decimal, value: Decimal | undefined): void {
    this.#touched = true;
    const { today } = this;
    if (this.cash) this.balance = this.balance.minus(quantity);
    if (value) today.book = today.book.minus(value);
    else this.#moveUnvalued(quantity.negated());
  }

  /**
   * An opening or an adjustment. It is no flow and no result, so no sum becomes unknown by it; the attribution
   * of a change in value counts it as unexplained if the balance changed in the same period.
   */
  recordUnexplained(quantity: Decimal): void {
    if (this.cash) this.balance = this.balance.plus(quantity);
    this.count('unvaluedQuantity', quantity);
  }

  #moveUnvalued(quantity: Decimal): void {
    this.count('unvaluedQuantity', quantity);
    this.count('unvaluedMoved', quantity.abs());
  }

  /** What went out as a fee, with its market value. */
  recordFee(quantity: Decimal, value: Decimal | undefined): void {
    this.recordOut(quantity, value);
    if (value) this.today.feesPaid = this.today.feesPaid.plus(value);
  }

  /** The pool stops at 0. */
  take(quantity: Decimal): Taken {
    const held = this.lots.quantity;
    const found = quantity.gt(held) ? held : quantity;
    const parcels = this.lots.take(found);
    const sum = parcels.length === 1 ? (parcels[0] ?? NOTHING) : parcels.reduce(merge, NOTHING);
    return {
      parcels,
      found,
      missing: found === quantity ? ZERO : quantity.minus(found),
      known: knownQuantity(sum),
      cost: sum.cost,
      grossCost: sum.grossCost,
      estimatedQuantity: sum.estimatedQuantity,
    };
  }

  /** Ends the day; what was counted in it, or nothing. */
  closeDay(): Totals | undefined {
    if (!this.#touched) return undefined;
    const { today } = this;
    addTotals(this.past, today);
    this.today = emptyTotals();
    this.#touched = false;
    return today;
  }

  state(): Pool {
    return {
      asset: this.asset,
      cash: this.cash,
      balance: this.balance,
      lots: this.lots.items,
      past: { ...this.past },
      today: this.#touched ? { ...this.today } : undefined,
    };
  }
}
