import { replay, type ReplayInput } from '../../src/accounting/replay.js';
import type { AccountingSettings } from '../../src/accounting/settings.js';
import { type Decimal, parseDecimal } from '../../src/models/decimal.js';
import type { Trade, Transfer } from '../../src/models/events.js';

export const SETTINGS: AccountingSettings = { reportingCurrency: 'USD', stablecoins: new Set(['USDT']) };

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

export const replayed = (input: Partial<ReplayInput>) =>
  replay({ trades: [], transfers: [], settings: SETTINGS, priceAt: () => undefined, ...input });

/** The state as text, so that two of them can be compared to the last digit. */
export const stateOf = (input: Partial<ReplayInput>): string => {
  const { pools, missing, unvalued } = replayed(input);
  return JSON.stringify([
    [...pools.values()].sort((a, b) => (a.asset < b.asset ? -1 : 1)),
    missing,
    unvalued,
  ]);
};

export const sum = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), parseDecimal('0'));
