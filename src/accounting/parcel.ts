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

export const merge = (a: Parcel, b: Parcel): Parcel => ({
  quantity: a.quantity.plus(b.quantity),
  cost: a.cost.plus(b.cost),
  grossCost: a.grossCost.plus(b.grossCost),
  unknownQuantity: a.unknownQuantity.plus(b.unknownQuantity),
  estimatedQuantity: a.estimatedQuantity.plus(b.estimatedQuantity),
  estimatedCost: a.estimatedCost.plus(b.estimatedCost),
});

/**
 * The parcel in two, every part pro rata. Whoever takes the last takes all that is left, and what is
 * left is a difference: no residue of a division appears or disappears.
 */
export function split(parcel: Parcel, quantity: Decimal): { readonly taken: Parcel; readonly left: Parcel } {
  if (quantity.gte(parcel.quantity)) return { taken: parcel, left: NOTHING };
  const cost = part(parcel.cost, quantity, parcel.quantity);
  const taken = {
    quantity,
    cost,
    grossCost: parcel.grossCost === parcel.cost ? cost : part(parcel.grossCost, quantity, parcel.quantity),
    unknownQuantity: part(parcel.unknownQuantity, quantity, parcel.quantity),
    estimatedQuantity: part(parcel.estimatedQuantity, quantity, parcel.quantity),
    estimatedCost: part(parcel.estimatedCost, quantity, parcel.quantity),
  };
  return { taken, left: less(parcel, taken) };
}

const part = (whole: Decimal, quantity: Decimal, all: Decimal): Decimal =>
  whole.isZero() ? ZERO : whole.times(quantity).div(all);

const less = (whole: Parcel, taken: Parcel): Parcel => ({
  quantity: whole.quantity.minus(taken.quantity),
  cost: whole.cost.minus(taken.cost),
  grossCost: whole.grossCost.minus(taken.grossCost),
  unknownQuantity: whole.unknownQuantity.minus(taken.unknownQuantity),
  estimatedQuantity: whole.estimatedQuantity.minus(taken.estimatedQuantity),
  estimatedCost: whole.estimatedCost.minus(taken.estimatedCost),
});
