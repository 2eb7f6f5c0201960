import { type Decimal, ZERO } from '../models/decimal.js';
import type { Parcel } from '../models/pool.js';
import { knownQuantity, merge, split } from './parcel.js';

export const METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const;
export type Method = (typeof METHODS)[number];

/** Where a method puts what comes in, and from which end it takes what goes out. */
interface Discipline {
  readonly add: (lots: Lots, parcel: Parcel) => void;
  readonly end: 'first' | 'last';
}

/** The methods of cost basis; `average` is a pool of one lot. */
const DISCIPLINES: Readonly<Record<Method, Discipline>> = {
  average: {
    add: (lots, parcel) => {
      const pool = lots.first();
      if (pool) lots.replace('first', merge(pool, parcel));
      else lots.insert(0, parcel);
    },
    end: 'first',
  },
  fifo: { add: append, end: 'first' },
  lifo: { add: append, end: 'last' },
  hifo: { add: insertByUnitCost, end: 'last' },
};

function append(lots: Lots, parcel: Parcel): void {
  lots.insert(lots.size, parcel);
}

/** Dearest last; of two equally dear ones the older is taken first, and what costs nothing known last of all. */
function insertByUnitCost(lots: Lots, parcel: Parcel): void {
  let [low, high] = [0, lots.size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = lots.at(middle);
    if (other && compareUnitCost(other, parcel) < 0) low = middle + 1;
    else high = middle;
  }
  lots.insert(low, parcel);
}

/** Without a division: c / q against d / r is c r against d q. */
function compareUnitCost(a: Parcel, b: Parcel): number {
  const [known, other] = [knownQuantity(a), knownQuantity(b)];
  if (known.isZero() || other.isZero()) return Number(!known.isZero()) - Number(!other.isZero());
  return a.cost.times(other).compare(b.cost.times(known));
}

/** The open lots of a pool in the order of their method. */
export class Lots {
  readonly #discipline: Discipline;
  #items: Parcel[];
  /** Lots before it are gone; taking from the front of an array would move all that is behind. */
  #head = 0;
  #quantity: Decimal;

  constructor(method: Method, items: readonly Parcel[] = []) {
    this.#discipline = DISCIPLINES[method];
    this.#items = [...items];
    this.#quantity = items.reduce((sum, { quantity }) => sum.plus(quantity), ZERO);
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  get quantity(): Decimal {
    return this.#quantity;
  }

  get items(): readonly Parcel[] {
    return this.#items.slice(this.#head);
  }

  add(parcel: Parcel): void {
    if (parcel.quantity.isZero()) return;
    this.#discipline.add(this, parcel);
    this.#quantity = this.#quantity.plus(parcel.quantity);
  }

  /** So many coins, lot by lot; never more than there are. */
  take(quantity: Decimal): readonly Parcel[] {
    const { end } = this.#discipline;
    const taken: Parcel[] = [];
    let open = quantity;
    while (open.isPositive()) {
      const lot = end === 'first' ? this.first() : this.at(this.size - 1);
      if (!lot) break;
      const [part, left] = split(lot, open);
      if (left.quantity.isZero()) this.#remove(end);
      else this.replace(end, left);
      taken.push(part);
      open = open.minus(part.quantity);
    }
    this.#quantity = this.#quantity.minus(quantity).plus(open);
    return taken;
  }

  first(): Parcel | undefined {
    return this.at(0);
  }

  at(index: number): Parcel | undefined {
    return this.#items[this.#head + index];
  }

  insert(index: number, parcel: Parcel): void {
    if (index === this.size) this.#items.push(parcel);
    else this.#items.splice(this.#head + index, 0, parcel);
  }

  replace(end: 'first' | 'last', parcel: Parcel): void {
    this.#items[end === 'first' ? this.#head : this.#items.length - 1] = parcel;
  }

  #remove(end: 'first' | 'last'): void {
    if (end === 'last') {
      this.#items.pop();
      return;
    }
    this.#head += 1;
    if (this.#head * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
