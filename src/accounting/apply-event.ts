import { type EventType, feeOf, legOf } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Parcel } from '../models/pool.js';
import { applyTrade } from './apply-trade.js';
import type { Ledger } from './ledger.js';
import { addTo, NOTHING, ofEstimatedCost, ofKnownCost, ofUnknownCost, takeFrom } from './parcel.js';
import type { ResolvedEvent } from './resolve.js';

const APPLIED: Readonly<Record<EventType, (ledger: Ledger, event: ResolvedEvent) => void>> = {
  trade: applyTrade,
  conversion: applyTrade,
  deposit: applyDeposit,
  withdrawal: applyWithdrawal,
  income: applyIncome,
  opening: applyEntry,
  adjustment: applyEntry,
};

/** Applies one event to the ledger of its account; events come in the order of compareEvents. */
export function applyEvent(ledger: Ledger, event: ResolvedEvent): void {
  ledger.advance(event.time);
  APPLIED[event.type](ledger, event);
}

/** Coins from another own account bring their cost; others are valued by the settings. */
function applyDeposit(ledger: Ledger, event: ResolvedEvent): void {
  const { asset, amount } = legOf(event, 'moved');
  const quantity = amount.minus(feeOf(event, asset));
  const carried = event.resolution?.kind === 'carried' ? event.resolution.carried : undefined;
  const book = ledger.book(asset);
  const value = carried ? carried.value : ledger.valuation.valueOf(book, quantity, event.time);
  book.recordIn(quantity, value);
  if (value) book.count('deposits', value);
  if (book.cash) return;
  if (carried) {
    for (const parcel of carried.parcels) book.lots.add(parcel);
    // More arrived than was found where it came from.
    const found = carried.parcels.reduce((sum, parcel) => sum.plus(parcel.quantity), ZERO);
    book.lots.add(ofUnknownCost(quantity.minus(found)));
    return;
  }
  if (ledger.settings.depositCost === 'market' && !value) ledger.reportUnvalued(event, asset);
  book.lots.add(depositedParcel(ledger, quantity, value));
}

function depositedParcel({ settings }: Ledger, quantity: Decimal, value: Decimal | undefined): Parcel {
  const cost = { zero: ZERO, unknown: undefined, market: value }[settings.depositCost];
  return cost ? ofEstimatedCost(quantity, cost) : ofUnknownCost(quantity);
}

/**
 * Coins leave at their cost, without profit or loss. If they arrive in another own account, the cost of what
 * arrived goes with them, and what was lost on the way is a loss at cost.
 */
function applyWithdrawal(ledger: Ledger, event: ResolvedEvent): void {
  const { asset, arrived, lost, isOwn } = withdrawn(event);
  const book = ledger.book(asset);
  const sent = ledger.valuation.valueOf(book, arrived, event.time);
  const charge = ledger.valuation.valueOf(book, lost, event.time);
  book.recordOut(arrived, sent);
  if (!lost.isZero()) book.recordOut(lost, charge);
  if (sent) book.count('withdrawals', sent);
  if (charge) book.count('feesPaid', charge);
  if (book.cash) return;
  const { parcels, found, missing } = book.take(arrived.plus(lost));
  ledger.reportMissing(event, asset, found, missing);
  if (!isOwn) return;
  const [travelling, left] = divide(parcels, arrived);
  ledger.carried.set(event.id, { time: event.time, parcels: travelling, value: sent });
  book.count('transferFee', left.cost.negated());
  if (!left.estimatedQuantity.isZero()) book.count('estimatedSold', left.estimatedQuantity);
}

/** What a withdrawal takes: what arrives, and what is lost on the way; `isOwn` if it arrives in an own account. */
export function withdrawn(event: ResolvedEvent) {
  const { asset, amount } = legOf(event, 'moved');
  const quantity = amount.negated();
  const received = event.resolution?.kind === 'sent' ? event.resolution.received : undefined;
  const arrived = received ?? quantity;
  const lost = quantity.plus(feeOf(event, asset)).minus(arrived);
  return { asset, arrived, lost, isOwn: received !== undefined };
}

/** The first coins of several parcels, up to a quantity, and the sum of the rest. */
function divide(parcels: readonly Parcel[], quantity: Decimal): readonly [first: Parcel[], rest: Parcel] {
  const first: Parcel[] = [];
  const rest = { ...NOTHING };
  let open = quantity;
  for (const parcel of parcels) {
    const left = { ...parcel };
    if (open.isPositive()) {
      const taken = takeFrom(left, open);
      first.push(taken);
      open = open.minus(taken.quantity);
    }
    addTo(rest, left);
  }
  return [first, rest];
}

/**
 * Income at market, which is its cost; negative income was taken back or charged. Without a price the cost is
 * unknown, never zero: zero would make the whole proceeds of a later sale a gain.
 */
function applyIncome(ledger: Ledger, event: ResolvedEvent): void {
  const { asset, amount: quantity } = legOf(event, 'income');
  const book = ledger.book(asset);
  const value = ledger.valuation.valueOf(book, quantity, event.time);
  book.recordIn(quantity, value);
  if (value === undefined) ledger.reportUnvalued(event, asset);
  if (quantity.isNegative()) {
    if (value) book.count('feesPaid', value.negated());
    // Cash costs what it is worth.
    if (!book.cash) ledger.dispose(event, book, quantity.negated(), ZERO, value?.negated(), 'fee');
    else if (value) book.count('fee', value);
    return;
  }
  if (value) book.count('income', value);
  if (!book.cash) book.lots.add(value ? ofKnownCost(quantity, value, value) : ofUnknownCost(quantity));
}

/**
 * An opening or adjustment. Coins that came are of unknown cost; coins that left take their share of the cost
 * with them, without profit or loss, like a withdrawal.
 */
function applyEntry(ledger: Ledger, event: ResolvedEvent): void {
  const { asset, amount: quantity } = legOf(event, 'moved');
  const book = ledger.book(asset);
  book.recordUnexplained(quantity);
  if (book.cash) return;
  if (quantity.isPositive()) {
    book.lots.add(ofUnknownCost(quantity));
    return;
  }
  const { found, missing } = book.take(quantity.negated());
  ledger.reportMissing(event, asset, found, missing);
}
