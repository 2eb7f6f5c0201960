import { type Decimal, ZERO } from '../models/decimal.js';
import type { Trade } from '../models/events.js';
import type { Ledger } from './ledger.js';
import { isCash } from './settings.js';
import { valueOfFee, valueOfTrade } from './trade-value.js';

interface Leg {
  readonly asset: string;
  readonly quantity: Decimal;
}

/**
 * One execution against the pools, by the fee table (HMRC CRYPTO22280): V is the trade's value, f the
 * fee's quantity, m its market value; a rebate is a negative fee under the same formulas.
 */
export function applyTrade(ledger: Ledger, trade: Trade): void {
  const { settings, priceAt } = ledger;
  const value = valueOfTrade(trade, settings, priceAt);
  const fee = trade.fee && !trade.fee.amount.isZero() ? trade.fee : undefined;
  const feeValue = fee ? valueOfFee(fee, trade, value, settings, priceAt) : ZERO;
  const [given, received] = legsOf(trade);
  const feeInGiven = fee?.asset === given.asset;
  const feeInReceived = fee?.asset === received.asset;
  const paid = fee && (feeInGiven || feeInReceived) ? fee.amount : ZERO;
  const thirdCoin = fee && !feeInGiven && !feeInReceived && !isCash(fee.asset, settings) ? fee : undefined;
  const event = `trade ${trade.symbol} ${trade.id}`;
  const { time } = trade;

  if (!isCash(given.asset, settings)) {
    const capitalized = isCash(received.asset, settings) ? minus(value, feeInGiven ? ZERO : feeValue) : value;
    const proceeds = feeInGiven && !isCash(received.asset, settings) ? plus(value, feeValue) : capitalized;
    const quantity = feeInGiven ? given.quantity.plus(paid) : given.quantity;
    ledger.dispose({ event, time, asset: given.asset, quantity, proceeds, kind: 'trade' });
  }
  if (!isCash(received.asset, settings)) {
    const quantity = feeInReceived ? received.quantity.minus(paid) : received.quantity;
    const cost = feeInReceived ? value : plus(value, feeValue);
    ledger.acquire({ event, time, asset: received.asset, quantity, cost, gross: value });
  }
  if (thirdCoin) {
    ledger.payFee({ event, time, asset: thirdCoin.asset, quantity: thirdCoin.amount, value: feeValue });
  }
}

function legsOf({ side, base, quote, amount, value }: Trade): [given: Leg, received: Leg] {
  const baseLeg = { asset: base, quantity: amount };
  const quoteLeg = { asset: quote, quantity: value };
  return side === 'buy' ? [quoteLeg, baseLeg] : [baseLeg, quoteLeg];
}

const plus = (a: Decimal | undefined, b: Decimal | undefined): Decimal | undefined => a && b && a.plus(b);
const minus = (a: Decimal | undefined, b: Decimal | undefined): Decimal | undefined => a && b && a.minus(b);
