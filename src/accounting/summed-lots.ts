import type { Decimal } from '../models/decimal.js';
import type { Lot } from '../models/pool.js';
import type { Lots } from './lots.js';
import { addTo, merge, NOTHING, type OpenLot, subtractFrom } from './lot.js';

/** Lots with their sum, so that reading it after every event does not add up thousands of lots. */
export class SummedLots implements Lots {
  readonly #lots: Lots;
  readonly #sum: OpenLot;

  constructor(lots: Lots) {
    this.#lots = lots;
    this.#sum = { ...lots.items.reduce(merge, NOTHING) };
  }

  get sum(): Lot {
    return { ...this.#sum };
  }

  get quantity(): Decimal {
    return this.#lots.quantity;
  }

  get items(): readonly Lot[] {
    return this.#lots.items;
  }

  add(lot: Lot): void {
    // A quantity of 0 makes no lot.
    if (!lot.quantity.isZero()) addTo(this.#sum, lot);
    this.#lots.add(lot);
  }

  take(quantity: Decimal): readonly Lot[] {
    const taken = this.#lots.take(quantity);
    for (const lot of taken) subtractFrom(this.#sum, lot);
    return taken;
  }
}
