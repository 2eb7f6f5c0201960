import { type Decimal, largest, parseDecimal, ZERO } from '../models/decimal.js';
import type { Holding } from '../models/holdings.js';

/** Share of the quantity: roundings of the exchange are no change. */
const TOLERANCE = parseDecimal('0.000001');
const MIN_TOLERANCE = parseDecimal('1e-8');

/** Held quantities minus those held before and the changes by events since then, if they differ. */
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
      const tolerance = largest(MIN_TOLERANCE, now.abs().times(TOLERANCE), expected.abs().times(TOLERANCE));
      const difference = now.minus(expected);
      return difference.abs().gt(tolerance) ? [[asset, difference]] : [];
    }),
  );
}
