import { type Decimal, ZERO } from '../models/decimal.js';
import type { Parcel } from '../models/pool.js';

export const NOTHING: Parcel = {
  quantity: ZERO,
  cost: ZERO,
  grossCost: ZERO,
  unknownQuantity: ZERO,
  estimatedQuantity: ZERO,
  estimatedCost: ZERO,
};

export const ofKnownCost = (quantity: Decimal, cost: Decimal, grossCost: Decimal): Parcel => ({
  quantity,
  cost,
  grossCost,
  unknownQuantity: ZERO,
  estimatedQuantity: ZERO,
  estimatedCost: ZERO,
});

export const ofUnknownCost = (quantity: Decimal): Parcel => ({
  ...NOTHING,
  quantity,
  unknownQuantity: quantity,
});

export const ofEstimatedCost = (quantity: Decimal, cost: Decimal): Parcel => ({
  quantity,
  cost,
  grossCost: cost,
  unknownQuantity: ZERO,
  estimatedQuantity: quantity,
  estimatedCost: cost,
});

export const knownQuantity = ({ quantity, unknownQuantity }: Parcel): Decimal =>
  unknownQuantity.isZero() ? quantity : quantity.minus(unknownQuantity);

/** A parcel that is still being filled and emptied; whoever holds one shows copies of it. */
export type OpenParcel = { -readonly [Part in keyof Parcel]: Parcel[Part] };

export function addTo(held: OpenParcel, more: Parcel): void {
  held.quantity = held.quantity.plus(more.quantity);
  held.cost = held.cost.plus(more.cost);
  held.grossCost = held.grossCost.plus(more.grossCost);
  held.unknownQuantity = held.unknownQuantity.plus(more.unknownQuantity);
  held.estimatedQuantity = held.estimatedQuantity.plus(more.estimatedQuantity);
  held.estimatedCost = held.estimatedCost.plus(more.estimatedCost);
}

export function merge(a: Parcel, b: Parcel): Parcel {
  const sum = { ...a };
  addTo(sum, b);
  return sum;
}

/**
 * Takes a quantity out, every part pro rata. Whoever takes the last takes all that is left, and what is
 * left is a difference: no residue of a division appears or disappears.
 */
export function takeFrom(held: OpenParcel, quantity: Decimal): Parcel {
  const { quantity: all, cost, grossCost } = held;
  if (quantity.gte(all)) {
    const taken = { ...held };
    Object.assign(held, NOTHING);
    return taken;
  }
  const takenCost = part(cost, quantity, all);
  const taken = {
    quantity,
    cost: takenCost,
    grossCost: grossCost === cost ? takenCost : part(grossCost, quantity, all),
    unknownQuantity: part(held.unknownQuantity, quantity, all),
    estimatedQuantity: part(held.estimatedQuantity, quantity, all),
    estimatedCost: part(held.estimatedCost, quantity, all),
  };
  subtractFrom(held, taken);
  return taken;
}

const part = (whole: Decimal, quantity: Decimal, all: Decimal): Decimal =>
  whole.isZero() ? ZERO : whole.share(quantity, all);

export function subtractFrom(held: OpenParcel, taken: Parcel): void {
  held.quantity = held.quantity.minus(taken.quantity);
  held.cost = held.cost.minus(taken.cost);
  held.grossCost = held.grossCost.minus(taken.grossCost);
  held.unknownQuantity = held.unknownQuantity.minus(taken.unknownQuantity);
  held.estimatedQuantity = held.estimatedQuantity.minus(taken.estimatedQuantity);
  held.estimatedCost = held.estimatedCost.minus(taken.estimatedCost);
}
