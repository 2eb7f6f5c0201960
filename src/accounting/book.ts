import { type Decimal, ZERO } from '../models/decimal.js';
import { type Lots, openLots } from './lots.js';
import type { Book, Parcel, Tallied, Tally } from '../models/pool.js';
import { knownQuantity, merge, NOTHING } from './parcel.js';
import { type AccountingSettings, type Kind, kindOf } from './settings.js';
import { addTally, emptyTally, type OpenTally } from './tally.js';

/** What left a pool: how much of it was there, how much of that had a known cost, and that cost. */
export interface Taken {
  readonly parcels: readonly Parcel[];
  readonly found: Decimal;
  readonly missing: Decimal;
  readonly known: Decimal;
  readonly cost: Decimal;
  /** The same without fees. */
  readonly grossCost: Decimal;
  readonly estimatedQuantity: Decimal;
}

/** One asset of one account while its events are applied: its pool, or for cash its balance, and its counts. */
export class OpenBook {
  readonly asset: string;
  readonly kind: Kind;
  readonly cash: boolean;
  lots: Lots;
  /** Of cash; may be negative, for spending it needs no purchase. */
  balance: Decimal;
  /** Everything up to yesterday, and today so far. */
  readonly past: OpenTally;
  today: OpenTally;
  #touched: boolean;

  constructor(asset: string, settings: AccountingSettings, state: Partial<Book> = {}) {
    this.asset = asset;
    this.kind = kindOf(asset, settings);
    this.cash = this.kind.cash;
    this.lots = openLots(settings.method, state.lots);
    this.balance = state.balance ?? ZERO;
    this.past = { ...emptyTally(), ...state.past };
    this.today = { ...emptyTally(), ...state.today };
    this.#touched = state.today !== undefined;
  }

  get quantity(): Decimal {
    return this.cash ? this.balance : this.lots.quantity;
  }

  count(kind: Tallied, amount: Decimal): void {
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
  closeDay(): Tally | undefined {
    if (!this.#touched) return undefined;
    const { today } = this;
    addTally(this.past, today);
    this.today = emptyTally();
    this.#touched = false;
    return today;
  }

  state(): Book {
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
