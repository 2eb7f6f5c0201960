import type { Charge, Happening, Movement } from '../models/trace.js';
import { type AccountingEvent, nameOf, type TradeEvent, type WithdrawalEvent } from './event.js';
import type { Ledger } from './ledger.js';

/** What an event moves of an asset, what matters most last; values are those that the books are kept by. */
export function movementsOf(ledger: Ledger, event: AccountingEvent, asset: string): readonly Movement[] {
  if ('symbol' in event) return tradeMovements(ledger, event, asset);
  if (event.asset !== asset) return [];
  if (event.kind === 'withdrawal') return withdrawalMovements(ledger, event);
  const { quantity, time } = event;
  const market = () => ledger.valuation.valueOf(ledger.book(asset), quantity.abs(), time);
  switch (event.kind) {
    case 'deposit':
      return [
        event.carried
          ? movement(event, 'own transfer', { quantity, value: event.carried.value })
          : movement(event, 'deposit', { quantity, value: market() }),
      ];
    case 'income': {
      const what = quantity.isNegative() ? 'charge' : 'income';
      return [movement(event, what, { quantity, value: event.value?.abs() ?? market() })];
    }
    case 'opening':
      return [movement(event, 'opening', { quantity, value: event.cost })];
    case 'adjustment':
      return [movement(event, 'adjustment', { quantity, value: undefined })];
  }
}

function tradeMovements(ledger: Ledger, trade: TradeEvent, asset: string): readonly Movement[] {
  const { base, quote, side, amount } = trade;
  const isBase = asset === base;
  if (!isBase && asset !== quote && !trade.fees.some((fee) => fee.asset === asset)) return [];
  const V = ledger.valuation.valueOfTrade(ledger.book(base), ledger.book(quote), trade);
  const charges = trade.fees.map((fee): Charge => {
    const value = ledger.valuation.valueOfFee(ledger.book(fee.asset), fee.amount, trade, V);
    return { ...fee, value };
  });
  const fees = charges.filter((charge) => charge.asset === asset).map((paid) => feeMovement(trade, paid));
  if (!isBase && asset !== quote) return fees;
  const comes = isBase === (side === 'buy');
  const quantity = isBase ? amount : trade.value;
  const main = movement(trade, happeningOf(trade, comes), {
    quantity: comes ? quantity : quantity.negated(),
    value: V,
    counter: isBase ? quote : base,
    charges: charges.filter((charge) => charge.asset !== asset),
  });
  return [...fees, main];
}

function happeningOf({ kind }: TradeEvent, comes: boolean): Happening {
  if (kind === 'trade') return comes ? 'bought' : 'sold';
  return kind === 'dust' ? 'dust' : 'converted';
}

const feeMovement = (trade: TradeEvent, { amount, value }: Charge): Movement =>
  movement(trade, amount.isNegative() ? 'rebate' : 'fee', {
    quantity: amount.negated(),
    value: value?.abs(),
    counter: trade.symbol,
  });

/** What the way took is a movement of its own. */
function withdrawalMovements(ledger: Ledger, event: WithdrawalEvent): readonly Movement[] {
  const { asset, quantity, fee, received, time } = event;
  const valueOf = (coins: typeof quantity) => ledger.valuation.valueOf(ledger.book(asset), coins, time);
  const arrived = received ?? quantity;
  const lost = quantity.plus(fee).minus(arrived);
  const what = received === undefined ? 'withdrawal' : 'own transfer';
  return [
    ...(lost.isZero() ? [] : [movement(event, 'fee', { quantity: lost.negated(), value: valueOf(lost) })]),
    movement(event, what, { quantity: arrived.negated(), value: valueOf(arrived) }),
  ];
}

function movement(
  event: AccountingEvent,
  what: Happening,
  more: Pick<Movement, 'quantity' | 'value'> & Partial<Movement>,
): Movement {
  return { time: event.time, event: nameOf(event), what, counter: undefined, charges: [], ...more };
}
