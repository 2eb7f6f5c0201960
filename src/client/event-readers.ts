import type { AccountEvent, EventStatus, Leg } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { KnownMarkets } from './markets.js';

/** An event of a record; the stream that it was read from is its source. */
export type EventDraft = Omit<AccountEvent, 'source'>;

/** What a record reports: events, and if it is still in process, since when in ms. */
export type Reading =
  readonly EventDraft[] | { readonly events: readonly EventDraft[]; readonly openSince: number };

/** What is known beside the record. */
export interface Beside {
  readonly markets: KnownMarkets;
  /** The time of the answer as text; empty if it has none. */
  readonly answeredAt: string;
}

/** The events of one record; throws 'guard' on one that cannot be interpreted. */
export type EventReader = (raw: unknown, beside: Beside) => Reading;

interface Fee {
  readonly asset: string;
  /** Positive is paid, negative is a rebate. */
  readonly amount: Decimal;
}

interface Common {
  readonly id: string;
  readonly time: number;
  readonly raw: object;
}

export interface TradeRow extends Common {
  readonly orderId: string | undefined;
  /** In base, before any fee. */
  readonly amount: Decimal;
  readonly price: Decimal;
  /** In quote, as the exchange reports it. */
  readonly value: Decimal;
}

export function tradeEvent(
  row: TradeRow,
  side: 'buy' | 'sell',
  { base, quote }: { readonly base: string; readonly quote: string },
  fees: readonly Fee[],
): EventDraft {
  const { id, orderId, amount, price, value, time, raw } = row;
  const [bought, paid] = side === 'buy' ? [amount, value.negated()] : [amount.negated(), value];
  const legs = [legOf(base, 'base', bought), legOf(quote, 'quote', paid), ...feeLegs(fees)];
  return { id, time, type: 'trade', status: 'done', legs, market: `${base}/${quote}`, price, orderId, raw };
}

export interface ConversionRow extends Common {
  readonly from: string;
  readonly fromAmount: Decimal;
  readonly to: string;
  /** Before the fee. */
  readonly toAmount: Decimal;
}

/**
 * Coins exchanged without an order book. What was given is always the base: which of the two a market would
 * call its base depends on the list of markets, and an identity must not.
 */
export function conversionEvent(
  reason: 'convert' | 'dust',
  { id, from, fromAmount, to, toAmount, time, raw }: ConversionRow,
  fees: readonly Fee[] = [],
): EventDraft {
  const legs = [legOf(from, 'base', fromAmount.negated()), legOf(to, 'quote', toAmount), ...feeLegs(fees)];
  const price = toAmount.div(fromAmount);
  return { id, time, type: 'conversion', status: 'done', legs, market: `${from}/${to}`, price, reason, raw };
}

/** A deposit or withdrawal. */
export interface TransferRow {
  readonly asset: string;
  /** Without a sign: what arrived, or what was sent without the fee. */
  readonly amount: Decimal;
  readonly status: EventStatus;
  readonly network?: string | undefined;
  readonly txid: string | undefined;
  readonly raw: object;
}

export function transferEvent(
  type: 'deposit' | 'withdrawal',
  { id, time }: Pick<Common, 'id' | 'time'>,
  { asset, amount, status, network, txid, raw }: TransferRow,
  fee: Decimal = ZERO,
): EventDraft {
  const moved = type === 'deposit' ? amount : amount.negated();
  const legs = [legOf(asset, 'moved', moved), ...feeLegs([{ asset, amount: fee }])];
  return { id, time, type, status, legs, network, txid, raw };
}

export interface IncomeRow extends Common {
  readonly asset: string;
  /** Negative if the exchange took it back. */
  readonly amount: Decimal;
  readonly reason: string;
}

export const incomeEvent = ({ id, asset, amount, reason, time, raw }: IncomeRow): EventDraft => ({
  ...{ id, time, type: 'income', status: 'done', reason, raw },
  legs: [legOf(asset, 'income', amount)],
});

/** A fee of zero is none. */
const feeLegs = (fees: readonly Fee[]): readonly Leg[] =>
  fees
    .filter(({ amount }) => !amount.isZero())
    .map(({ asset, amount }) => legOf(asset, 'fee', amount.negated()));

const legOf = (asset: string, role: Leg['role'], amount: Decimal): Leg => ({
  ...{ asset, amount, role },
  wallet: undefined,
});
