import { sumOfLots } from '../../src/accounting/lot.js';
import type { ResolvedEvent } from '../../src/accounting/resolve.js';
import type { AccountingSettings, PriceLookup } from '../../src/accounting/settings.js';
import { totalOf } from '../../src/accounting/totals.js';
import type { AccountEvent, Leg } from '../../src/models/account-event.js';
import { type Decimal, parseDecimal } from '../../src/models/decimal.js';
import { replay } from './replay.js';

export const SETTINGS: AccountingSettings = {
  reportingCurrency: 'USD',
  method: 'average',
  stablecoins: new Set(['USDT']),
  fiat: new Set(['EUR', 'USD']),
  depositCost: 'unknown',
  gapCost: 'exclude',
};

/** An asset with an amount, as text. */
export type Coins = readonly [asset: string, amount: string];

export interface TradeText {
  readonly id?: string;
  readonly time?: number;
  readonly type?: 'trade' | 'conversion';
  readonly side: 'buy' | 'sell';
  readonly base?: string;
  readonly quote?: string;
  readonly amount: string;
  readonly value: string;
  /** Negative for a rebate. */
  readonly fees?: readonly Coins[];
}

let serial = 0;

export function trade(text: TradeText): AccountEvent {
  serial += 1;
  const { id = String(serial), time = serial, type = 'trade', base = 'BTC', quote = 'USDT' } = text;
  const [amount, value] = [parseDecimal(text.amount), parseDecimal(text.value)];
  const isBuy = text.side === 'buy';
  return {
    ...{ id, time, type, source: type === 'trade' ? 'trades' : 'converts', status: 'done', raw: {} },
    market: `${base}/${quote}`,
    ...(type === 'conversion' ? { reason: 'convert' } : {}),
    legs: [
      leg('base', base, isBuy ? amount : amount.negated()),
      leg('quote', quote, isBuy ? value.negated() : value),
      ...feesPaid(text.fees),
    ],
  };
}

export const leg = (role: Leg['role'], asset: string, amount: Decimal): Leg => ({
  asset,
  amount,
  role,
  wallet: undefined,
});

const feesPaid = (fees: readonly Coins[] = []): Leg[] =>
  fees
    .map(([asset, amount]) => leg('fee', asset, parseDecimal(amount).negated()))
    .filter(({ amount }) => !amount.isZero());

export interface More extends Partial<Pick<AccountEvent, 'id' | 'time' | 'status' | 'txid'>> {
  readonly fee?: Coins;
}

export function transfer(
  type: 'deposit' | 'withdrawal',
  asset: string,
  amount: string,
  { fee, ...more }: More = {},
): AccountEvent {
  serial += 1;
  const moved = parseDecimal(amount);
  return {
    ...{ id: String(serial), time: serial, type, source: `${type}s`, status: 'done', raw: {} },
    legs: [leg('moved', asset, type === 'deposit' ? moved : moved.negated()), ...feesPaid(fee ? [fee] : [])],
    ...more,
  };
}

export function income(asset: string, amount: string, more: Omit<More, 'fee'> = {}): AccountEvent {
  serial += 1;
  return {
    ...{ id: String(serial), time: serial, type: 'income', source: 'income', status: 'done', raw: {} },
    legs: [leg('income', asset, parseDecimal(amount))],
    reason: 'interest',
    ...more,
  };
}

export interface OneAccount {
  readonly events: readonly ResolvedEvent[];
  readonly settings?: AccountingSettings;
  readonly priceAt?: PriceLookup;
}

/** The ledger of one account, each of its pools as one lot with everything that was counted. */
export function replayed({ events, settings = SETTINGS, priceAt = () => undefined }: OneAccount) {
  const ledger = replay({ accounts: new Map([['one', events]]), settings, priceAt }).get('one');
  if (!ledger) throw new Error('the account is gone');
  const { pools: states } = ledger.state();
  const pools = new Map(states.map((pool) => [pool.asset, { ...sumOfLots(pool), realized: totalOf(pool) }]));
  return { ledger, states, pools, missing: ledger.missing, unvalued: ledger.unvalued };
}

/** The state as text, so that two of them can be compared to the last digit. */
export const stateOf = (account: OneAccount): string => {
  const { ledger, missing, unvalued } = replayed(account);
  return JSON.stringify([ledger.state(), ledger.days(), missing, unvalued]);
};

export const sum = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), parseDecimal('0'));
