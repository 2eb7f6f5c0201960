import type { AccountingEvent } from '../../src/accounting/event.js';
import type { AccountingSettings, PriceLookup } from '../../src/accounting/settings.js';
import { poolOf } from '../../src/accounting/pool.js';
import { totalOf } from '../../src/accounting/tally.js';
import { type Decimal, parseDecimal } from '../../src/models/decimal.js';
import type { EventSet, Income, Trade, Transfer } from '../../src/models/events.js';
import { replay } from './replay.js';

export const SETTINGS: AccountingSettings = {
  reportingCurrency: 'USD',
  method: 'average',
  stablecoins: new Set(['USDT']),
  fiat: new Set(['EUR', 'USD']),
  depositCost: 'unknown',
  gapCost: 'exclude',
};

export interface TradeText {
  readonly id?: string;
  readonly time?: number;
  readonly side: 'buy' | 'sell';
  readonly base?: string;
  readonly quote?: string;
  readonly amount: string;
  readonly value: string;
  readonly fee?: readonly [asset: string, amount: string];
}

let serial = 0;

export function trade(text: TradeText): Trade {
  serial += 1;
  const { id = String(serial), time = serial, base = 'BTC', quote = 'USDT', side, amount, value, fee } = text;
  return {
    kind: 'trade',
    id,
    orderId: undefined,
    symbol: `${base}/${quote}`,
    base,
    quote,
    side,
    amount: parseDecimal(amount),
    price: parseDecimal(value).div(amount),
    value: parseDecimal(value),
    fee: fee && { asset: fee[0], amount: parseDecimal(fee[1]) },
    time,
    raw: {},
  };
}

export function transfer(
  direction: Transfer['direction'],
  asset: string,
  amount: string,
  more: Partial<Transfer> = {},
): Transfer {
  serial += 1;
  return {
    id: String(serial),
    direction,
    asset,
    amount: parseDecimal(amount),
    fee: undefined,
    status: 'ok',
    network: undefined,
    txid: undefined,
    time: serial,
    raw: {},
    ...more,
  };
}

export function income(asset: string, amount: string, more: Partial<Income> = {}): Income {
  serial += 1;
  return {
    id: String(serial),
    asset,
    amount: parseDecimal(amount),
    reason: 'interest',
    time: serial,
    raw: {},
    ...more,
  };
}

export interface OneAccount extends Partial<EventSet> {
  /** What no exchange tells in a record of its own form. */
  readonly others?: readonly AccountingEvent[];
  readonly settings?: AccountingSettings;
  readonly priceAt?: PriceLookup;
}

/** The ledger of one account, its books as one pool an asset with everything that was counted. */
export function replayed({ settings = SETTINGS, priceAt = () => undefined, ...events }: OneAccount) {
  const account = { trades: [], transfers: [], incomes: [], ...events };
  const ledger = replay({ accounts: new Map([['one', account]]), settings, priceAt }).get('one');
  if (!ledger) throw new Error('the account is gone');
  const books = ledger.state().books;
  const pools = new Map(books.map((book) => [book.asset, { ...poolOf(book), realized: totalOf(book) }]));
  return { ledger, books, pools, missing: ledger.missing, unvalued: ledger.unvalued };
}

/** The state as text, so that two of them can be compared to the last digit. */
export const stateOf = (account: OneAccount): string => {
  const { ledger, missing, unvalued } = replayed(account);
  return JSON.stringify([ledger.state(), ledger.days(), missing, unvalued]);
};

export const sum = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), parseDecimal('0'));
