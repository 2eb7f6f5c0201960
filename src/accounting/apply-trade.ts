import type { Decimal } from '../models/decimal.js';
import type { Fee } from '../models/events.js';
import type { OpenBook } from './book.js';
import type { TradeEvent } from './event.js';
import type { Ledger } from './ledger.js';
import { ofKnownCost, ofUnknownCost } from './parcel.js';

type Value = Decimal | undefined;

/** One exchange of coins while its fees are reckoned in; V is its value, undefined where that is not known. */
class Exchange {
  readonly given: OpenBook;
  readonly received: OpenBook;
  givenQuantity: Decimal;
  receivedQuantity: Decimal;
  cost: Value;
  grossCost: Value;
  proceeds: Value;
  /** Value of everything that leaves of what is given, before any fee takes from it. */
  market: Value;

  constructor(ledger: Ledger, { base, quote, side, amount, value }: TradeEvent, V: Value) {
    const [baseBook, quoteBook] = [ledger.book(base), ledger.book(quote)];
    const buys = side === 'buy';
    this.given = buys ? quoteBook : baseBook;
    this.received = buys ? baseBook : quoteBook;
    this.givenQuantity = buys ? value : amount;
    this.receivedQuantity = buys ? amount : value;
    this.cost = V;
    this.grossCost = V;
    this.proceeds = V;
    this.market = V;
  }
}

/**
 * One exchange of coins against the books, by the fee table (HMRC CRYPTO22280): V is the trade's value, f
 * a fee's quantity, m its market value; a rebate is a negative fee under the same formulas.
 */
export function applyTrade(ledger: Ledger, trade: TradeEvent): void {
  const V = ledger.valuation.valueOfTrade(trade);
  const exchange = new Exchange(ledger, trade, V);
  const { given, received } = exchange;
  given.recordOut(exchange.givenQuantity, V);
  received.recordIn(exchange.receivedQuantity, V);
  for (const fee of trade.fees) {
    const m = ledger.valuation.valueOfFee(fee, trade, V);
    const book = ledger.book(fee.asset);
    book.recordOut(fee.amount, m);
    if (m) book.count('feesPaid', m);
    reckonIn(exchange, book, fee.amount, m);
    // Money for money has neither a cost nor proceeds that would bear the fee: it is a loss at once.
    if (m && given.cash && received.cash) given.count('fee', m.negated());
  }
  if (!given.cash) {
    if (!exchange.proceeds) ledger.reportUnvalued(trade, given.asset);
    ledger.dispose(trade, given, exchange.givenQuantity, exchange.proceeds, exchange.market, 'trade');
  }
  if (!received.cash) {
    if (!exchange.cost) ledger.reportUnvalued(trade, received.asset);
    received.lots.add(receivedParcel(exchange));
  }
  for (const fee of trade.fees) payInKind(ledger, exchange, trade, fee, V);
}

/** The fee table's row and column. */
function reckonIn(exchange: Exchange, book: OpenBook, f: Decimal, m: Value): void {
  const { given, received } = exchange;
  if (book === received && !received.cash) {
    exchange.receivedQuantity = exchange.receivedQuantity.minus(f);
    exchange.grossCost = minus(exchange.grossCost, m);
    return;
  }
  if (book === given) {
    exchange.givenQuantity = exchange.givenQuantity.plus(f);
    exchange.market = plus(exchange.market, m);
  }
  if (!received.cash) {
    exchange.cost = plus(exchange.cost, m);
    if (book === given) exchange.proceeds = plus(exchange.proceeds, m);
  } else if (book !== given) {
    exchange.proceeds = minus(exchange.proceeds, m);
  }
}

const receivedParcel = ({ receivedQuantity, cost, grossCost }: Exchange) =>
  cost && grossCost ? ofKnownCost(receivedQuantity, cost, grossCost) : ofUnknownCost(receivedQuantity);

/** A fee in a third coin is a sale of that coin, after the trade itself. */
function payInKind(ledger: Ledger, exchange: Exchange, trade: TradeEvent, fee: Fee, V: Value): void {
  const book = ledger.book(fee.asset);
  if (book.cash || book === exchange.given || book === exchange.received) return;
  const m = ledger.valuation.valueOfFee(fee, trade, V);
  if (!m) ledger.reportUnvalued(trade, fee.asset);
  ledger.payFee(trade, book, fee.amount, m);
}

const plus = (a: Value, b: Value): Value => a && b && a.plus(b);
const minus = (a: Value, b: Value): Value => a && b && a.minus(b);
