import { type Decimal, ZERO } from '../models/decimal.js';
import type { Pool, Realized } from '../models/pool.js';

/** What an acquisition cost, with and without fees; undefined where its value is not known. */
export type Cost = { readonly cost: Decimal; readonly gross: Decimal } | undefined;

export interface Disposal {
  readonly pool: Pool;
  /** Of the quantity asked for: how much the pool held, and how much it did not. */
  readonly found: Decimal;
  readonly missing: Decimal;
  /** Cost of the known part that left, and how much that part was. */
  readonly costTaken: Decimal;
  readonly knownTaken: Decimal;
}

export const NOTHING_REALIZED: Realized = { trade: ZERO, fee: ZERO, income: ZERO, transferFee: ZERO };

export const emptyPool = (asset: string): Pool => ({
  asset,
  quantity: ZERO,
  cost: ZERO,
  grossCost: ZERO,
  unknownQuantity: ZERO,
  realized: NOTHING_REALIZED,
  unmatchedProceeds: ZERO,
});

/** Adds coins at their cost, or to the unknown part. */
export function acquire(pool: Pool, quantity: Decimal, cost: Cost): Pool {
  const grown = { ...pool, quantity: pool.quantity.plus(quantity) };
  if (!cost) return { ...grown, unknownQuantity: pool.unknownQuantity.plus(quantity) };
  return { ...grown, cost: pool.cost.plus(cost.cost), grossCost: pool.grossCost.plus(cost.gross) };
}

export type Method = 'average';

/** How a method takes coins out; the quantity asked for is never more than the pool holds. */
const TAKE: Readonly<Record<Method, (pool: Pool, quantity: Decimal) => Omit<Disposal, 'found' | 'missing'>>> =
  {
    average: takeAverage,
  };

/** Takes coins out; the pool stops at 0 and what it did not hold is reported. */
export function dispose(pool: Pool, quantity: Decimal, method: Method = 'average'): Disposal {
  const found = quantity.gt(pool.quantity) ? pool.quantity : quantity;
  return { ...TAKE[method](pool, found), found, missing: quantity.minus(found) };
}

/**
 * Known and unknown part pro rata, the known one at the average, which a disposal never moves.
 * Whoever takes the last takes all the cost that is left: no residue of a division stays behind.
 */
function takeAverage(pool: Pool, quantity: Decimal): Omit<Disposal, 'found' | 'missing'> {
  const known = pool.quantity.minus(pool.unknownQuantity);
  if (quantity.eq(pool.quantity)) {
    const emptied = { ...pool, quantity: ZERO, cost: ZERO, grossCost: ZERO, unknownQuantity: ZERO };
    return { pool: emptied, costTaken: pool.cost, knownTaken: known };
  }
  const part = (whole: Decimal): Decimal => whole.times(quantity).div(pool.quantity);
  const unknownTaken = part(pool.unknownQuantity);
  const costTaken = part(pool.cost);
  const left = {
    ...pool,
    quantity: pool.quantity.minus(quantity),
    unknownQuantity: pool.unknownQuantity.minus(unknownTaken),
    cost: pool.cost.minus(costTaken),
    grossCost: pool.grossCost.minus(part(pool.grossCost)),
  };
  return { pool: left, costTaken, knownTaken: quantity.minus(unknownTaken) };
}

/** Books the profit or loss of a disposal; proceeds of coins without a recorded purchase are no gain. */
export function realize(disposal: Disposal, kind: keyof Realized, proceeds: Decimal): Pool {
  const { pool, found, missing, knownTaken, costTaken } = disposal;
  const asked = found.plus(missing);
  if (asked.isZero()) return pool;
  // One quotient only where there is something to split, so that the usual case stays exact.
  const matched =
    missing.isZero() && knownTaken.eq(found) ? proceeds : proceeds.times(knownTaken).div(asked);
  return {
    ...pool,
    realized: { ...pool.realized, [kind]: pool.realized[kind].plus(matched).minus(costTaken) },
    unmatchedProceeds: pool.unmatchedProceeds.plus(proceeds.minus(matched)),
  };
}
