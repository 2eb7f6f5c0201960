import {
  type AccountEvent,
  eventName,
  type EventType,
  feeLegs,
  feeOf,
  legOf,
} from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { Charge, MovementKind, Movement } from '../models/trace.js';
import { withdrawn } from './apply-event.js';
import { sidesOf } from './apply-trade.js';
import type { Ledger } from './ledger.js';
import type { ResolvedEvent } from './resolve.js';

type MovementsOf = (ledger: Ledger, event: ResolvedEvent, asset: string) => readonly Movement[];

const MOVEMENTS: Readonly<Record<EventType, MovementsOf>> = {
  trade: tradeMovements,
  conversion: tradeMovements,
  deposit: depositMovements,
  withdrawal: withdrawalMovements,
  income: incomeMovements,
  opening: entryMovements,
  adjustment: entryMovements,
};

/** The movements of an asset by an event, the main one last; values are those that the ledger uses. */
export const movementsOf: MovementsOf = (ledger, event, asset) => {
  const [first, ...more] = event.legs;
  const isTrade = first?.role === 'base';
  const isMoved = first?.asset === asset || (isTrade && more.some((leg) => leg.asset === asset));
  return isMoved ? MOVEMENTS[event.type](ledger, event, asset) : [];
};

function tradeMovements(ledger: Ledger, trade: AccountEvent, asset: string): readonly Movement[] {
  const [base, quote] = [legOf(trade, 'base'), legOf(trade, 'quote')];
  const V = ledger.valueOfTrade(trade);
  const charges = feeLegs(trade).map((leg): Charge => {
    const amount = leg.amount.negated();
    const value = ledger.valuation.valueOfFee(ledger.pool(leg.asset), amount, trade, V);
    return { asset: leg.asset, amount, value };
  });
  const fees = charges.filter((charge) => charge.asset === asset).map((paid) => feeMovement(trade, paid));
  const [side, other] = asset === base.asset ? [base, quote] : [quote, base];
  if (side.asset !== asset) return fees;
  const main = movement(trade, happeningOf(trade, side === sidesOf(trade).received), {
    quantity: side.amount,
    value: V,
    counter: other.asset,
    charges: charges.filter((charge) => charge.asset !== asset),
  });
  return [...fees, main];
}

function happeningOf({ type, reason }: AccountEvent, isReceived: boolean): MovementKind {
  if (type === 'trade') return isReceived ? 'bought' : 'sold';
  return reason === 'dust' ? 'dust' : 'converted';
}

const feeMovement = (trade: AccountEvent, { amount, value }: Charge): Movement =>
  movement(trade, amount.isNegative() ? 'rebate' : 'fee', {
    quantity: amount.negated(),
    value: value?.abs(),
    counter: trade.market,
  });

function depositMovements(ledger: Ledger, event: ResolvedEvent, asset: string): readonly Movement[] {
  const quantity = legOf(event, 'moved').amount.minus(feeOf(event, asset));
  const { resolution } = event;
  return resolution?.kind === 'carried'
    ? [movement(event, 'own transfer', { quantity, value: resolution.carried.value })]
    : [movement(event, 'deposit', { quantity, value: marketValue(ledger, event, asset, quantity) })];
}

/** The network fee is a movement of its own. */
function withdrawalMovements(ledger: Ledger, event: ResolvedEvent, asset: string): readonly Movement[] {
  const { arrived, lost, isOwn } = withdrawn(event);
  const out = (what: MovementKind, quantity: Decimal) =>
    movement(event, what, {
      quantity: quantity.negated(),
      value: marketValue(ledger, event, asset, quantity),
    });
  return [...(lost.isZero() ? [] : [out('fee', lost)]), out(isOwn ? 'own transfer' : 'withdrawal', arrived)];
}

function incomeMovements(ledger: Ledger, event: AccountEvent, asset: string): readonly Movement[] {
  const quantity = legOf(event, 'income').amount;
  const what = quantity.isNegative() ? 'charge' : 'income';
  return [movement(event, what, { quantity, value: marketValue(ledger, event, asset, quantity) })];
}

function entryMovements(_ledger: Ledger, event: AccountEvent): readonly Movement[] {
  const what = event.type === 'opening' ? 'opening' : 'adjustment';
  return [movement(event, what, { quantity: legOf(event, 'moved').amount, value: undefined })];
}

const marketValue = (
  ledger: Ledger,
  { time }: AccountEvent,
  asset: string,
  quantity: Decimal,
): Decimal | undefined => ledger.valuation.valueOf(ledger.pool(asset), quantity.abs(), time);

function movement(
  event: AccountEvent,
  what: MovementKind,
  more: Pick<Movement, 'quantity' | 'value'> & Partial<Movement>,
): Movement {
  return { time: event.time, event: eventName(event), what, counter: undefined, charges: [], ...more };
}
