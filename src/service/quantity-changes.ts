import { type Decimal, largest, parseDecimal, ZERO } from '../models/decimal.js';
import type { Holding } from '../models/holdings.js';

/** Roundings of the exchange are no change. */
const TOLERANCE = parseDecimal('0.000001');
const SMALLEST = parseDecimal('1e-8');

/** How much more there is of each asset than what was held before and the events since then give. */
export function unexplainedChanges(
  holdings: readonly Holding[],
  quantities: ReadonlyMap<string, Decimal>,
  changes: ReadonlyMap<string, Decimal>,
): ReadonlyMap<string, Decimal> {
  const before = new Map(holdings.map(({ asset, quantity }) => [asset, quantity]));
  const assets = new Set([...before.keys(), ...quantities.keys(), ...changes.keys()]);
  return new Map(
    [...assets].flatMap((asset): [string, Decimal][] => {
      const now = quantities.get(asset) ?? ZERO;
      const expected = (before.get(asset) ?? ZERO).plus(changes.get(asset) ?? ZERO);
      const tolerance = largest(SMALLEST, now.abs().times(TOLERANCE), expected.abs().times(TOLERANCE));
      const difference = now.minus(expected);
      return difference.abs().gt(tolerance) ? [[asset, difference]] : [];
    }),
  );
}
