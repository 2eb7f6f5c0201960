import type { Decimal } from '../models/decimal.js';
import type { Parcel } from '../models/pool.js';
import type { Lots } from './lots.js';
import { addTo, merge, NOTHING, type OpenParcel, subtractFrom } from './parcel.js';

/** Ordered lots with their sum, for whoever asks for it after every event: thousands may lie there. */
export class SummedLots implements Lots {
  readonly #lots: Lots;
  readonly #sum: OpenParcel;

  constructor(lots: Lots) {
    this.#lots = lots;
    this.#sum = { ...lots.items.reduce(merge, NOTHING) };
  }

  get sum(): Parcel {
    return { ...this.#sum };
  }

  get quantity(): Decimal {
    return this.#lots.quantity;
  }

  get items(): readonly Parcel[] {
    return this.#lots.items;
  }

  add(parcel: Parcel): void {
    // Of nothing there is no lot.
    if (!parcel.quantity.isZero()) addTo(this.#sum, parcel);
    this.#lots.add(parcel);
  }

  take(quantity: Decimal): readonly Parcel[] {
    const taken = this.#lots.take(quantity);
    for (const parcel of taken) subtractFrom(this.#sum, parcel);
    return taken;
  }
}
