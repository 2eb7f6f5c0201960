import { type Decimal, ZERO } from '../models/decimal.js';
import type { TradeEvent } from './event.js';
import type { Ledger } from './ledger.js';
import { ofKnownCost, ofUnknownCost } from './parcel.js';
import { isCash } from './settings.js';

type Value = Decimal | undefined;

/**
 * One exchange of coins against the books, by the fee table (HMRC CRYPTO22280): V is the trade's value, f
 * a fee's quantity, m its market value; a rebate is a negative fee under the same formulas.
 */
export function applyTrade(ledger: Ledger, trade: TradeEvent): void {
  const { base, quote, side, amount, value: executed } = trade;
  const [given, received] = side === 'buy' ? [quote, base] : [base, quote];
  const value = ledger.valuation.valueOfTrade(trade);
  const receivesCash = isCash(received, ledger.settings);
  let [givenQuantity, receivedQuantity] = side === 'buy' ? [executed, amount] : [amount, executed];
  ledger.book(given).record(givenQuantity.negated(), value?.negated());
  ledger.book(received).record(receivedQuantity, value);

  let [cost, gross, proceeds]: Value[] = [value, value, value];
  const thirdCoins: [asset: string, quantity: Decimal, value: Value][] = [];
  for (const fee of trade.fees) {
    const m = ledger.valuation.valueOfFee(fee, trade, value);
    const book = ledger.book(fee.asset);
    book.record(fee.amount.negated(), m?.negated());
    if (m) book.count('feesPaid', m);
    if (fee.asset === received && !receivesCash) {
      receivedQuantity = receivedQuantity.minus(fee.amount);
      gross = minus(gross, m);
      continue;
    }
    cost = plus(cost, m);
    if (fee.asset === given) {
      givenQuantity = givenQuantity.plus(fee.amount);
      if (!receivesCash) proceeds = plus(proceeds, m);
      continue;
    }
    if (receivesCash) proceeds = minus(proceeds, m);
    if (!book.cash) thirdCoins.push([fee.asset, fee.amount, m]);
  }

  dispose(ledger, trade, given, givenQuantity, proceeds);
  acquire(ledger, trade, received, receivedQuantity, cost, gross);
  for (const [asset, quantity, m] of thirdCoins) {
    if (!m) ledger.reportUnvalued(trade, asset);
    ledger.payFee(trade, asset, quantity, m);
  }
}

function dispose(ledger: Ledger, trade: TradeEvent, asset: string, quantity: Decimal, proceeds: Value): void {
  if (ledger.book(asset).cash) return;
  if (!proceeds) ledger.reportUnvalued(trade, asset);
  ledger.dispose(trade, asset, quantity, proceeds, 'trade');
}

function acquire(
  ledger: Ledger,
  trade: TradeEvent,
  asset: string,
  quantity: Decimal,
  cost: Value,
  gross: Value,
): void {
  if (ledger.book(asset).cash) return;
  if (!cost) ledger.reportUnvalued(trade, asset);
  ledger.acquire(asset, cost ? ofKnownCost(quantity, cost, gross ?? ZERO) : ofUnknownCost(quantity));
}

const plus = (a: Value, b: Value): Value => a && b && a.plus(b);
const minus = (a: Value, b: Value): Value => a && b && a.minus(b);
