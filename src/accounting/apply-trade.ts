import { type AccountEvent, feeLegs, type Leg, legOf } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { OpenPool } from './open-pool.js';
import type { Ledger } from './ledger.js';
import { ofKnownCost, ofUnknownCost } from './lot.js';

type Value = Decimal | undefined;

/** A fee of a trade with the pool it is paid from: f is its quantity, m its market value. */
interface PaidFee {
  readonly pool: OpenPool;
  readonly f: Decimal;
  readonly m: Value;
}

/** A trade while its fees are applied; undefined amounts of money are unknown. */
interface Exchange {
  readonly given: OpenPool;
  readonly received: OpenPool;
  givenQuantity: Decimal;
  receivedQuantity: Decimal;
  cost: Value;
  grossCost: Value;
  proceeds: Value;
  /** Market value of everything that leaves the given pool, before fees. */
  market: Value;
}

/**
 * Applies a trade or conversion by the fee table of README.md (HMRC CRYPTO22280): V is the value of the trade,
 * f the quantity of a fee and m its market value. A rebate is a negative fee under the same formulas.
 */
export function applyTrade(ledger: Ledger, trade: AccountEvent): void {
  const V = ledger.valueOfTrade(trade);
  const exchange = openExchange(ledger, trade, V);
  const { given, received } = exchange;
  given.recordOut(exchange.givenQuantity, V);
  received.recordIn(exchange.receivedQuantity, V);
  const inKind: PaidFee[] = [];
  for (const fee of feeLegs(trade)) {
    const paid = paidFee(ledger, trade, fee, V);
    applyFee(exchange, paid);
    if (isInKind(exchange, paid)) inKind.push(paid);
  }
  if (!given.cash) {
    if (!exchange.proceeds) ledger.reportUnvalued(trade, given.asset);
    ledger.dispose(trade, given, exchange.givenQuantity, exchange.proceeds, exchange.market, 'trade');
  }
  if (!received.cash) {
    if (!exchange.cost) ledger.reportUnvalued(trade, received.asset);
    received.lots.add(receivedLot(exchange));
  }
  for (const { pool, f, m } of inKind) {
    if (!m) ledger.reportUnvalued(trade, pool.asset);
    ledger.payFee(trade, pool, f, m);
  }
}

/** What a trade gives and what it receives, before any fee. */
export function sidesOf(trade: AccountEvent): { readonly given: Leg; readonly received: Leg } {
  const [base, quote] = [legOf(trade, 'base'), legOf(trade, 'quote')];
  const isSale = base.amount.isNegative() || quote.amount.isPositive();
  return isSale ? { given: base, received: quote } : { given: quote, received: base };
}

function openExchange(ledger: Ledger, trade: AccountEvent, V: Value): Exchange {
  const { given, received } = sidesOf(trade);
  return {
    given: ledger.pool(given.asset),
    received: ledger.pool(received.asset),
    givenQuantity: given.amount.abs(),
    receivedQuantity: received.amount.abs(),
    cost: V,
    grossCost: V,
    proceeds: V,
    market: V,
  };
}

function paidFee(ledger: Ledger, trade: AccountEvent, { asset, amount }: Leg, V: Value): PaidFee {
  const [pool, f] = [ledger.pool(asset), amount.negated()];
  const m = ledger.valuation.valueOfFee(pool, f, trade, V);
  pool.recordFee(f, m);
  return { pool, f, m };
}

/** A fee in a third coin is a sale of that coin, after the trade itself. */
const isInKind = ({ given, received }: Exchange, { pool }: PaidFee): boolean =>
  !pool.cash && pool !== given && pool !== received;

/** Applies the row of the fee table for what is received, and the column for the asset of the fee. */
function applyFee(exchange: Exchange, { pool, f, m }: PaidFee): void {
  const { given, received } = exchange;
  // Cash for cash has no cost and no proceeds that could include the fee: it is a loss at once.
  if (given.cash && received.cash) {
    if (m) given.count('fee', m.negated());
    return;
  }
  if (pool === received && !received.cash) {
    exchange.receivedQuantity = exchange.receivedQuantity.minus(f);
    exchange.grossCost = minus(exchange.grossCost, m);
    return;
  }
  if (!received.cash) exchange.cost = plus(exchange.cost, m);
  // Giving cash is not a sale.
  if (given.cash) return;
  if (pool === given) {
    exchange.givenQuantity = exchange.givenQuantity.plus(f);
    exchange.market = plus(exchange.market, m);
    if (!received.cash) exchange.proceeds = plus(exchange.proceeds, m);
  } else if (received.cash) {
    exchange.proceeds = minus(exchange.proceeds, m);
  }
}

const receivedLot = ({ receivedQuantity, cost, grossCost }: Exchange) =>
  cost && grossCost ? ofKnownCost(receivedQuantity, cost, grossCost) : ofUnknownCost(receivedQuantity);

const plus = (a: Value, b: Value): Value => a && b && a.plus(b);
const minus = (a: Value, b: Value): Value => a && b && a.minus(b);
