import { type EventType, feeOf, legOf } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Lot } from '../models/pool.js';
import { applyTrade } from './apply-trade.js';
import type { Ledger } from './ledger.js';
import { addTo, NOTHING, ofEstimatedCost, ofKnownCost, ofUnknownCost, takeFrom } from './lot.js';
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
  const pool = ledger.pool(asset);
  const value = carried ? carried.value : ledger.valuation.valueOf(pool, quantity, event.time);
  pool.recordIn(quantity, value);
  if (value) pool.count('deposits', value);
  if (pool.cash) return;
  if (carried) {
    for (const lot of carried.lots) pool.lots.add(lot);
    // More arrived than left the other account: the rest has no known cost.
    const found = carried.lots.reduce((sum, lot) => sum.plus(lot.quantity), ZERO);
    pool.lots.add(ofUnknownCost(quantity.minus(found)));
    return;
  }
  if (ledger.settings.depositCost === 'market' && !value) ledger.reportUnvalued(event, asset);
  pool.lots.add(depositedLot(ledger, quantity, value));
}

function depositedLot({ settings }: Ledger, quantity: Decimal, value: Decimal | undefined): Lot {
  const cost = { zero: ZERO, unknown: undefined, market: value }[settings.depositCost];
  return cost ? ofEstimatedCost(quantity, cost) : ofUnknownCost(quantity);
}

/**
 * Coins leave at their cost, without profit or loss. If they arrive in another own account, the cost of what
 * arrived goes with them, and what was lost on the way is a loss at cost.
 */
function applyWithdrawal(ledger: Ledger, event: ResolvedEvent): void {
  const { asset, arrived, lost, isOwn } = withdrawn(event);
  const pool = ledger.pool(asset);
  const sent = ledger.valuation.valueOf(pool, arrived, event.time);
  const charge = ledger.valuation.valueOf(pool, lost, event.time);
  pool.recordOut(arrived, sent);
  if (!lost.isZero()) pool.recordOut(lost, charge);
  if (sent) pool.count('withdrawals', sent);
  if (charge) pool.count('feesPaid', charge);
  if (pool.cash) return;
  const { lots, found, missing } = pool.take(arrived.plus(lost));
  ledger.reportMissing(event, asset, found, missing);
  if (!isOwn) return;
  const [travelling, left] = divide(lots, arrived);
  ledger.transferredCosts.set(event.id, { time: event.time, lots: travelling, value: sent });
  pool.count('transferFee', left.cost.negated());
  if (!left.estimatedQuantity.isZero()) pool.count('estimatedSold', left.estimatedQuantity);
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

/** The first coins of several lots, up to a quantity, and the sum of the rest. */
function divide(lots: readonly Lot[], quantity: Decimal): readonly [first: Lot[], rest: Lot] {
  const first: Lot[] = [];
  const rest = { ...NOTHING };
  let open = quantity;
  for (const lot of lots) {
    const left = { ...lot };
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
  const pool = ledger.pool(asset);
  const value = ledger.valuation.valueOf(pool, quantity, event.time);
  pool.recordIn(quantity, value);
  if (value === undefined) ledger.reportUnvalued(event, asset);
  if (quantity.isNegative()) {
    if (value) pool.count('feesPaid', value.negated());
    // Cash costs what it is worth.
    if (!pool.cash) ledger.dispose(event, pool, quantity.negated(), ZERO, value?.negated(), 'fee');
    else if (value) pool.count('fee', value);
    return;
  }
  if (value) pool.count('income', value);
  if (!pool.cash) pool.lots.add(value ? ofKnownCost(quantity, value, value) : ofUnknownCost(quantity));
}

/**
 * An opening or adjustment. Coins that came are of unknown cost; coins that left take their share of the cost
 * with them, without profit or loss, like a withdrawal.
 */
function applyEntry(ledger: Ledger, event: ResolvedEvent): void {
  const { asset, amount: quantity } = legOf(event, 'moved');
  const pool = ledger.pool(asset);
  pool.recordUnexplained(quantity);
  if (pool.cash) return;
  if (quantity.isPositive()) {
    pool.lots.add(ofUnknownCost(quantity));
    return;
  }
  const { found, missing } = pool.take(quantity.negated());
  ledger.reportMissing(event, asset, found, missing);
}
