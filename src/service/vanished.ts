import { type Decimal, parseDecimal, ZERO } from '../models/decimal.js';
import type { Trade, Transfer } from '../models/events.js';
import type { Holding } from '../models/holdings.js';
import type { History } from './read-history.js';

const TOLERANCE = parseDecimal('0.000001');

/** True where the events since the last sync account for all that was held, asset by asset. */
export function explainsEmptyAccount(holdings: readonly Holding[], history: History): boolean {
  const changes = quantityChanges(history.newTrades, history.newTransfers);
  return holdings.every(({ asset, quantity }) => {
    const left = quantity.plus(changes.get(asset) ?? ZERO);
    return left.abs().lte(quantity.abs().times(TOLERANCE));
  });
}

/** What events did to the quantity of each asset, fees included. */
export function quantityChanges(
  trades: readonly Trade[],
  transfers: readonly Transfer[],
): ReadonlyMap<string, Decimal> {
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
  return changes;
}
