import { type Decimal, largest, parseDecimal, ZERO } from '../models/decimal.js';
import type { EventSet } from '../models/events.js';
import type { Holding } from '../models/holdings.js';
import type { PendingEvents } from './pending-events.js';

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

/** What events did to the quantity of each asset, fees included; of a changed one only the difference. */
export function quantityChanges({
  fresh,
  replaced,
}: Pick<PendingEvents, 'fresh' | 'replaced'>): ReadonlyMap<string, Decimal> {
  const changes = new Map<string, Decimal>();
  for (const [asset, amount] of movementsOf(fresh)) add(changes, asset, amount);
  for (const [asset, amount] of movementsOf(replaced)) add(changes, asset, amount.negated());
  return changes;
}

type Movement = readonly [asset: string, amount: Decimal];

function* movementsOf({ trades, transfers, incomes }: EventSet): Generator<Movement> {
  for (const { side, base, quote, amount, value, fee } of trades) {
    yield [base, side === 'buy' ? amount : amount.negated()];
    yield [quote, side === 'buy' ? value.negated() : value];
    if (fee) yield [fee.asset, fee.amount.negated()];
  }
  for (const { direction, asset, amount, fee, status } of transfers) {
    const moved = direction === 'deposit' ? status === 'ok' : status !== 'failed';
    if (!moved) continue;
    yield [asset, direction === 'deposit' ? amount : amount.negated()];
    if (fee) yield [fee.asset, fee.amount.negated()];
  }
  for (const { asset, amount } of incomes) yield [asset, amount];
}

function add(sums: Map<string, Decimal>, asset: string, amount: Decimal): void {
  sums.set(asset, (sums.get(asset) ?? ZERO).plus(amount));
}
