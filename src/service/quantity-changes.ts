import { type Decimal, largest, parseDecimal, ZERO } from '../models/decimal.js';
import type { EventSet } from '../models/events.js';
import type { Holding } from '../models/holdings.js';

/** Roundings of the exchange are no change. */
const TOLERANCE = parseDecimal('0.000001');
const SMALLEST = parseDecimal('1e-8');

/** Assets whose quantity is another than what was held before and the events since then give. */
export function unexplainedAssets(
  holdings: readonly Holding[],
  quantities: ReadonlyMap<string, Decimal>,
  changes: ReadonlyMap<string, Decimal>,
): string[] {
  const before = new Map(holdings.map(({ asset, quantity }) => [asset, quantity]));
  const assets = new Set([...before.keys(), ...quantities.keys(), ...changes.keys()]);
  return [...assets].filter((asset) => {
    const now = quantities.get(asset) ?? ZERO;
    const expected = (before.get(asset) ?? ZERO).plus(changes.get(asset) ?? ZERO);
    const tolerance = largest(SMALLEST, now.abs().times(TOLERANCE), expected.abs().times(TOLERANCE));
    return now.minus(expected).abs().gt(tolerance);
  });
}

/** What events did to the quantity of each asset, fees included. */
export function quantityChanges({ trades, transfers, incomes }: EventSet): ReadonlyMap<string, Decimal> {
  const changes = new Map<string, Decimal>();
  const add = (asset: string, amount: Decimal) => {
    changes.set(asset, (changes.get(asset) ?? ZERO).plus(amount));
  };
  for (const { side, base, quote, amount, value, fee } of trades) {
    add(base, side === 'buy' ? amount : amount.negated());
    add(quote, side === 'buy' ? value.negated() : value);
    if (fee) add(fee.asset, fee.amount.negated());
  }
  for (const { direction, asset, amount, fee, status } of transfers) {
    const moved = direction === 'deposit' ? status === 'ok' : status !== 'failed';
    if (!moved) continue;
    add(asset, direction === 'deposit' ? amount : amount.negated());
    if (fee) add(fee.asset, fee.amount.negated());
  }
  for (const { asset, amount } of incomes) add(asset, amount);
  return changes;
}
