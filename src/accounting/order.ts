import { type AccountEvent, type EventType, legOf } from '../models/account-event.js';

/** Order within one millisecond: incoming coins, trades, charges, outgoing coins. */
const CLASS: Readonly<Record<EventType, number>> = {
  opening: 0,
  deposit: 0,
  income: 0,
  trade: 1,
  conversion: 1,
  withdrawal: 3,
  adjustment: 3,
};

/**
 * Orders events by time (ms), class and the exchange's own id, as a number if it is one: within one millisecond
 * the id decides, never "buys first". Type, market and source make the order total.
 */
export function compareEvents(a: AccountEvent, b: AccountEvent): number {
  return (
    a.time - b.time ||
    classOf(a) - classOf(b) ||
    compareIds(a.id, b.id) ||
    compareText(a.type, b.type) ||
    compareText(a.market ?? '', b.market ?? '') ||
    compareText(a.source, b.source)
  );
}

/** A charge (negative income) is a fee without a trade: it comes after the trades. */
const classOf = (event: AccountEvent): number =>
  event.type === 'income' && legOf(event, 'income').amount.isNegative() ? 2 : CLASS[event.type];

function compareIds(a: string, b: string): number {
  const numeric = /^\d+$/;
  if (!numeric.test(a) || !numeric.test(b)) return compareText(a, b);
  const [x, y] = [BigInt(a), BigInt(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Compares by code unit, so that the order does not depend on the machine's language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
