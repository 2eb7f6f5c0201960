import { type Decimal, ZERO } from '../models/decimal.js';
import type { Lot } from '../models/pool.js';
import { addTo, knownQuantity, NOTHING, type OpenLot, takeFrom } from './lot.js';

/** The lots of a pool. `take` is never called with more than `quantity`. */
export interface Lots {
  readonly quantity: Decimal;
  readonly items: readonly Lot[];
  readonly add: (lot: Lot) => void;
  /** Removes a quantity, lot by lot in the order of the method. */
  readonly take: (quantity: Decimal) => readonly Lot[];
}

/** The methods of cost basis. */
const METHODS = {
  average: (items: readonly Lot[]): Lots => new AverageLot(items),
  fifo: (items: readonly Lot[]): Lots => new OrderedLots(items, 'first', byArrival),
  lifo: (items: readonly Lot[]): Lots => new OrderedLots(items, 'last', byArrival),
  hifo: (items: readonly Lot[]): Lots => new OrderedLots(items, 'last', byUnitCost),
} as const;

export type Method = keyof typeof METHODS;

export const openLots = (method: Method, items: readonly Lot[] = []): Lots => METHODS[method](items);

/** All coins are one lot, so that each leaves at the average cost. */
class AverageLot implements Lots {
  readonly #held: OpenLot;

  constructor([held = NOTHING]: readonly Lot[]) {
    this.#held = { ...held };
  }

  get quantity(): Decimal {
    return this.#held.quantity;
  }

  get items(): readonly Lot[] {
    return this.#held.quantity.isZero() ? [] : [{ ...this.#held }];
  }

  add(lot: Lot): void {
    addTo(this.#held, lot);
  }

  take(quantity: Decimal): readonly Lot[] {
    return [takeFrom(this.#held, quantity)];
  }
}

/** The index at which a new lot is inserted; lots are sorted oldest or cheapest first. */
type Place = (lots: readonly Lot[], head: number, lot: Lot) => number;

const byArrival: Place = (lots) => lots.length;

/** Most expensive last; of equal unit costs the older is taken first, and unknown cost is taken last of all. */
const byUnitCost: Place = (lots, head, lot) => {
  let [low, high] = [head, lots.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = lots[middle];
    if (other && compareUnitCost(other, lot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Compares c / q with d / r as c r with d q, without a division. */
function compareUnitCost(a: Lot, b: Lot): number {
  const [known, other] = [knownQuantity(a), knownQuantity(b)];
  if (known.isZero() || other.isZero()) return (known.isZero() ? 0 : 1) - (other.isZero() ? 0 : 1);
  return a.cost.times(other).compare(b.cost.times(known));
}

/** Sorted lots, taken from one end. */
class OrderedLots implements Lots {
  readonly #end: 'first' | 'last';
  readonly #place: Place;
  #lots: OpenLot[];
  /** Lots before this index are used up; removing the first element of an array would move all others. */
  #head = 0;
  #quantity: Decimal;

  constructor(items: readonly Lot[], end: 'first' | 'last', place: Place) {
    this.#lots = items.map((lot) => ({ ...lot }));
    this.#end = end;
    this.#place = place;
    this.#quantity = items.reduce((sum, { quantity }) => sum.plus(quantity), ZERO);
  }

  get quantity(): Decimal {
    return this.#quantity;
  }

  get items(): readonly Lot[] {
    return this.#lots.slice(this.#head).map((lot) => ({ ...lot }));
  }

  add(lot: Lot): void {
    if (lot.quantity.isZero()) return;
    const at = this.#place(this.#lots, this.#head, lot);
    if (at === this.#lots.length) this.#lots.push({ ...lot });
    else this.#lots.splice(at, 0, { ...lot });
    this.#quantity = this.#quantity.plus(lot.quantity);
  }

  take(quantity: Decimal): readonly Lot[] {
    const all: Lot[] = [];
    let open = quantity;
    while (open.isPositive()) {
      const at = this.#end === 'first' ? this.#head : this.#lots.length - 1;
      const lot = this.#lots[at];
      if (!lot) break;
      const taken = takeFrom(lot, open);
      if (lot.quantity.isZero()) this.#remove();
      all.push(taken);
      open = open.minus(taken.quantity);
    }
    this.#quantity = this.#quantity.minus(quantity);
    return all;
  }

  #remove(): void {
    if (this.#end === 'last') {
      this.#lots.pop();
      return;
    }
    this.#head += 1;
    if (this.#head * 2 < this.#lots.length) return;
    this.#lots = this.#lots.slice(this.#head);
    this.#head = 0;
  }
}
