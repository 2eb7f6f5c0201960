import { type Decimal, ZERO } from '../models/decimal.js';
import type { Lot, Pool } from '../models/pool.js';

export const NOTHING: Lot = {
  quantity: ZERO,
  cost: ZERO,
  grossCost: ZERO,
  unknownQuantity: ZERO,
  estimatedQuantity: ZERO,
  estimatedCost: ZERO,
};

export const ofKnownCost = (quantity: Decimal, cost: Decimal, grossCost: Decimal): Lot => ({
  quantity,
  cost,
  grossCost,
  unknownQuantity: ZERO,
  estimatedQuantity: ZERO,
  estimatedCost: ZERO,
});

export const ofUnknownCost = (quantity: Decimal): Lot => ({
  ...NOTHING,
  quantity,
  unknownQuantity: quantity,
});

export const ofEstimatedCost = (quantity: Decimal, cost: Decimal): Lot => ({
  quantity,
  cost,
  grossCost: cost,
  unknownQuantity: ZERO,
  estimatedQuantity: quantity,
  estimatedCost: cost,
});

export const knownQuantity = ({ quantity, unknownQuantity }: Lot): Decimal =>
  unknownQuantity.isZero() ? quantity : quantity.minus(unknownQuantity);

/** A lot that changes in place; only copies of it are given out. */
export type OpenLot = { -readonly [Part in keyof Lot]: Lot[Part] };

export function addTo(held: OpenLot, more: Lot): void {
  held.quantity = held.quantity.plus(more.quantity);
  held.cost = held.cost.plus(more.cost);
  held.grossCost = held.grossCost.plus(more.grossCost);
  held.unknownQuantity = held.unknownQuantity.plus(more.unknownQuantity);
  held.estimatedQuantity = held.estimatedQuantity.plus(more.estimatedQuantity);
  held.estimatedCost = held.estimatedCost.plus(more.estimatedCost);
}

export function merge(a: Lot, b: Lot): Lot {
  const sum = { ...a };
  addTo(sum, b);
  return sum;
}

/**
 * Takes a quantity out, every part pro rata. The last coins take all the cost that is left, and the rest is
 * computed as a difference: no residue of a division appears or disappears.
 */
export function takeFrom(held: OpenLot, quantity: Decimal): Lot {
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

export function subtractFrom(held: OpenLot, taken: Lot): void {
  held.quantity = held.quantity.minus(taken.quantity);
  held.cost = held.cost.minus(taken.cost);
  held.grossCost = held.grossCost.minus(taken.grossCost);
  held.unknownQuantity = held.unknownQuantity.minus(taken.unknownQuantity);
  held.estimatedQuantity = held.estimatedQuantity.minus(taken.estimatedQuantity);
  held.estimatedCost = held.estimatedCost.minus(taken.estimatedCost);
}

/** All lots together: what is held by the events, and what is known of its cost. */
export const sumOfLots = ({ lots }: Pick<Pool, 'lots'>): Lot => lots.reduce(merge, NOTHING);
