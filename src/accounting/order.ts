import type { Trade, Transfer } from '../models/events.js';

/** Everything that moves coins, in one shape for the order. */
export type AccountingEvent =
  | { readonly kind: 'trade'; readonly id: string; readonly time: number; readonly trade: Trade }
  | { readonly kind: 'transfer'; readonly id: string; readonly time: number; readonly transfer: Transfer };

const CLASS_OF_DEPOSIT = 0;
const CLASS_OF_TRADE = 1;
const CLASS_OF_WITHDRAWAL = 3;

export const tradeEvent = (trade: Trade): AccountingEvent => ({
  kind: 'trade',
  id: trade.id,
  time: trade.time,
  trade,
});

export const transferEvent = (transfer: Transfer): AccountingEvent => ({
  kind: 'transfer',
  id: transfer.id,
  time: transfer.time,
  transfer,
});

/**
 * Time in ms, class (deposits first, withdrawals last), then the exchange's own id, compared as a number
 * where it is one: within one millisecond that decides, never "buys first". Symbols make it total.
 */
export function compareEvents(a: AccountingEvent, b: AccountingEvent): number {
  return (
    a.time - b.time || classOf(a) - classOf(b) || compareIds(a.id, b.id) || compareText(nameOf(a), nameOf(b))
  );
}

function classOf(event: AccountingEvent): number {
  if (event.kind === 'trade') return CLASS_OF_TRADE;
  return event.transfer.direction === 'deposit' ? CLASS_OF_DEPOSIT : CLASS_OF_WITHDRAWAL;
}

function compareIds(a: string, b: string): number {
  const numeric = /^\d+$/;
  if (!numeric.test(a) || !numeric.test(b)) return compareText(a, b);
  const [x, y] = [BigInt(a), BigInt(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** By code unit: the order must not depend on the machine's language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nameOf = (event: AccountingEvent): string =>
  event.kind === 'trade' ? event.trade.symbol : event.transfer.asset;
