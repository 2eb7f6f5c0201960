import type { AccountingEvent } from './event.js';

/** Within one millisecond: what comes in, then trades, then what goes out. */
const CLASS: Readonly<Record<AccountingEvent['kind'], number>> = {
  opening: 0,
  adjustment: 3,
  deposit: 0,
  income: 0,
  trade: 1,
  convert: 1,
  dust: 1,
  withdrawal: 3,
};

/**
 * Time in ms, class, then the exchange's own id, compared as a number where it is one: within one
 * millisecond that decides, never "buys first". Kind and symbol make it total.
 */
export function compareEvents(a: AccountingEvent, b: AccountingEvent): number {
  return (
    a.time - b.time ||
    classOf(a) - classOf(b) ||
    compareIds(a.id, b.id) ||
    compareText(a.kind, b.kind) ||
    compareText(marketOf(a), marketOf(b))
  );
}

/** A charge is a fee without a trade, which comes after the trades. */
function classOf(event: AccountingEvent): number {
  return event.kind === 'income' && event.quantity.isNegative() ? 2 : CLASS[event.kind];
}

function compareIds(a: string, b: string): number {
  const numeric = /^\d+$/;
  if (!numeric.test(a) || !numeric.test(b)) return compareText(a, b);
  const [x, y] = [BigInt(a), BigInt(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** By code unit: the order must not depend on the machine's language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const marketOf = (event: AccountingEvent): string => ('symbol' in event ? event.symbol : event.asset);
