import { type Decimal, ZERO } from '../models/decimal.js';
import type { Parcel } from '../models/pool.js';
import type {
  AccountingEvent,
  AdjustmentEvent,
  DepositEvent,
  IncomeEvent,
  OpeningEvent,
  WithdrawalEvent,
} from './event.js';
import { applyTrade } from './apply-trade.js';
import type { Ledger } from './ledger.js';
import { addTo, NOTHING, ofEstimatedCost, ofKnownCost, ofUnknownCost, takeFrom } from './parcel.js';

/** One event against the books of its account; events come in the order of compareEvents. */
export function applyEvent(ledger: Ledger, event: AccountingEvent): void {
  ledger.advance(event.time);
  switch (event.kind) {
    case 'deposit':
      applyDeposit(ledger, event);
      return;
    case 'withdrawal':
      applyWithdrawal(ledger, event);
      return;
    case 'income':
      applyIncome(ledger, event);
      return;
    case 'opening':
      applyOpening(ledger, event);
      return;
    case 'adjustment':
      applyAdjustment(ledger, event);
      return;
    default:
      applyTrade(ledger, event);
  }
}

/** Coins that come from an account of one's own bring their cost; others are valued as the settings say. */
function applyDeposit(ledger: Ledger, event: DepositEvent): void {
  const { asset, quantity, time, carried } = event;
  const book = ledger.book(asset);
  const value = carried ? carried.value : ledger.valuation.valueOf(book, quantity, time);
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
  book.lots.add(depositedParcel(ledger, event, value));
}

function depositedParcel(ledger: Ledger, event: DepositEvent, value: Decimal | undefined): Parcel {
  switch (ledger.settings.depositCost) {
    case 'zero':
      return ofEstimatedCost(event.quantity, ZERO);
    case 'unknown':
      return ofUnknownCost(event.quantity);
    case 'market':
      if (value) return ofEstimatedCost(event.quantity, value);
      ledger.reportUnvalued(event, event.asset);
      return ofUnknownCost(event.quantity);
  }
}

/**
 * Coins leave at their cost, without profit or loss. Where they arrive in an account of one's own the cost
 * of what arrived goes with them, and what the way took is a loss at cost.
 */
function applyWithdrawal(ledger: Ledger, event: WithdrawalEvent): void {
  const { asset, quantity, fee, received, time } = event;
  const book = ledger.book(asset);
  const arrived = received ?? quantity;
  const lost = quantity.plus(fee).minus(arrived);
  const sent = ledger.valuation.valueOf(book, arrived, time);
  const charge = ledger.valuation.valueOf(book, lost, time);
  book.recordOut(arrived, sent);
  if (!lost.isZero()) book.recordOut(lost, charge);
  if (sent) book.count('withdrawals', sent);
  if (charge) book.count('feesPaid', charge);
  if (book.cash) return;
  const { parcels, found, missing } = book.take(quantity.plus(fee));
  ledger.reportMissing(event, asset, found, missing);
  if (received === undefined) return;
  const [travelling, left] = divide(parcels, received);
  ledger.carried.set(event.id, { time, parcels: travelling, value: sent });
  book.count('transferFee', left.cost.negated());
  if (!left.estimatedQuantity.isZero()) book.count('estimatedSold', left.estimatedQuantity);
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
 * Income at market, which is its cost. Without a price the cost is unknown, never zero: zero would make the
 * whole proceeds of a later sale a gain.
 */
function applyIncome(ledger: Ledger, event: IncomeEvent): void {
  const { asset, quantity, time } = event;
  const book = ledger.book(asset);
  const value = event.value ?? ledger.valuation.valueOf(book, quantity, time);
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

function applyOpening(ledger: Ledger, { asset, quantity, cost }: OpeningEvent): void {
  const book = ledger.book(asset);
  if (cost) book.recordIn(quantity, cost);
  else book.recordUnexplained(quantity);
  if (!book.cash) book.lots.add(cost ? ofKnownCost(quantity, cost, cost) : ofUnknownCost(quantity));
}

/** Coins that left take their share of the cost with them, without profit or loss, like a withdrawal. */
function applyAdjustment(ledger: Ledger, event: AdjustmentEvent): void {
  const { asset, quantity } = event;
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
