import { type Decimal, ZERO } from '../models/decimal.js';
import { type Lots, openLots } from './lots.js';
import type { Pool, Lot, TotalKind, Totals } from '../models/pool.js';
import { knownQuantity, merge, NOTHING } from './lot.js';
import { type AccountingSettings, type Kind, kindOf } from './settings.js';
import { addTotals, emptyTotals, type OpenTotals } from './totals.js';

/** Coins taken from a pool: how many were there, how many of those had a known cost, and that cost. */
export interface Taken {
  readonly lots: readonly Lot[];
  readonly found: Decimal;
  readonly missing: Decimal;
  readonly known: Decimal;
  readonly cost: Decimal;
  /** The cost without fees. */
  readonly grossCost: Decimal;
  readonly estimatedQuantity: Decimal;
}

/** One asset of one account while its events are applied: its lots (for cash its balance) and its totals. */
export class OpenPool {
  readonly asset: string;
  readonly kind: Kind;
  readonly cash: boolean;
  lots: Lots;
  /** Balance of cash; may be negative, as cash can be spent without a recorded purchase. */
  balance: Decimal;
  /** Totals up to the day before the last event. */
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

  /** Records coins that came in, with their market value. */
  recordIn(quantity: Decimal, value: Decimal | undefined): void {
    this.#touched = true;
    const { today } = this;
    if (this.cash) this.balance = this.balance.plus(quantity);
    if (value) today.book = today.book.plus(value);
    else this.#moveUnvalued(quantity);
  }

  /** Records coins that went out, with their market value. */
  recordOut(quantity: Decimal, value: Decimal | undefined): void {
    this.#touched = true;
    const { today } = this;
    if (this.cash) this.balance = this.balance.minus(quantity);
    if (value) today.book = today.book.minus(value);
    else this.#moveUnvalued(quantity.negated());
  }

  /**
   * Records an opening or an adjustment. It is no flow and no result, so no sum becomes unknown; the attribution
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

  /** Records a fee that was paid, with its market value. */
  recordFee(quantity: Decimal, value: Decimal | undefined): void {
    this.recordOut(quantity, value);
    if (value) this.today.feesPaid = this.today.feesPaid.plus(value);
  }

  /** Takes coins out; a pool never holds less than 0. */
  take(quantity: Decimal): Taken {
    const held = this.lots.quantity;
    const found = quantity.gt(held) ? held : quantity;
    const lots = this.lots.take(found);
    const sum = lots.length === 1 ? (lots[0] ?? NOTHING) : lots.reduce(merge, NOTHING);
    return {
      lots,
      found,
      missing: found === quantity ? ZERO : quantity.minus(found),
      known: knownQuantity(sum),
      cost: sum.cost,
      grossCost: sum.grossCost,
      estimatedQuantity: sum.estimatedQuantity,
    };
  }

  /** Ends the day and returns its totals; undefined if nothing was counted. */
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
