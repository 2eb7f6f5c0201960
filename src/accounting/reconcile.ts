import { average, type Decimal, largest, parseDecimal, ZERO } from '../models/decimal.js';
import type { CostBasis } from '../models/holdings.js';
import type { Lot } from '../models/pool.js';

const MIN_TOLERANCE = parseDecimal('1e-8');
const SHARE_OF_BALANCE = parseDecimal('1e-6');
const VALUE_TOLERANCE = parseDecimal('0.01');

export interface Reconciliation extends CostBasis {
  /** Balance minus the quantity that the events explain; zero within the tolerance. */
  readonly drift: Decimal;
}

/**
 * Compares a pool with the balance at the exchange. More than the events explain has an unknown cost; less
 * reduces the known part pro rata. The pool itself is not changed.
 */
export function reconcile(
  pool: Lot | undefined,
  balance: Decimal,
  price: Decimal | undefined,
): Reconciliation {
  const replayed = pool?.quantity ?? ZERO;
  const drift = unexplainedOf(balance, replayed, price);
  const within = drift.isZero();
  if (!pool || balance.lte(ZERO) || replayed.isZero()) return { ...NOTHING_KNOWN, drift };
  const known = pool.quantity.minus(pool.unknownQuantity);
  if (known.isZero()) return { ...NOTHING_KNOWN, drift };
  const averageEntry = average(pool.cost, known);
  // Within the tolerance the cost is that of the pool: a rounding of the exchange is no unknown cost.
  if (within && pool.unknownQuantity.isZero()) {
    return { knownQuantity: balance, cost: pool.cost, averageEntry, drift };
  }
  if (balance.gte(replayed)) return { knownQuantity: known, cost: pool.cost, averageEntry, drift };
  const knownQuantity = known.times(balance).div(replayed);
  return { knownQuantity, cost: pool.cost.times(balance).div(replayed), averageEntry, drift };
}

/** Balance minus the quantity that the events explain; zero within the tolerance. */
export function unexplainedOf(balance: Decimal, replayed: Decimal, price: Decimal | undefined): Decimal {
  const difference = balance.minus(replayed);
  return difference.abs().lte(toleranceOf(balance, price)) ? ZERO : difference;
}

const NOTHING_KNOWN: CostBasis = { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined };

function toleranceOf(balance: Decimal, price: Decimal | undefined): Decimal {
  const byValue = price?.gt(ZERO) ? VALUE_TOLERANCE.div(price) : ZERO;
  return largest(MIN_TOLERANCE, balance.abs().times(SHARE_OF_BALANCE), byValue);
}

/** Cash costs what it is worth, so it has no profit; without a rate its cost is unknown. */
export const costOfCash = (quantity: Decimal, rate: Decimal | undefined): CostBasis =>
  rate
    ? { knownQuantity: quantity, cost: quantity.times(rate), averageEntry: rate }
    : { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined };
