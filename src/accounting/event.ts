import { type Decimal, ZERO } from '../models/decimal.js';
import type { Entry, Fee, Income, Trade, Transfer } from '../models/events.js';
import type { Carried } from '../models/pool.js';

interface Head {
  /** The exchange's own id. */
  readonly id: string;
  /** ms since 1970 */
  readonly time: number;
}

/** One exchange of coins; V, the value of both legs, is worked out when it is applied. */
export interface TradeEvent extends Head {
  readonly kind: Trade['kind'];
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly side: 'buy' | 'sell';
  readonly amount: Decimal;
  readonly value: Decimal;
  readonly fees: readonly Fee[];
}

export interface DepositEvent extends Head {
  readonly kind: 'deposit';
  readonly asset: string;
  /** What arrived. */
  readonly quantity: Decimal;
  /** What the coins cost where they came from, for a deposit out of an account of one's own. */
  readonly carried: Carried | undefined;
}

export interface WithdrawalEvent extends Head {
  readonly kind: 'withdrawal';
  readonly asset: string;
  /** What was sent, without the fee. */
  readonly quantity: Decimal;
  readonly fee: Decimal;
  /** What of it arrived in an account of one's own; undefined where it left for elsewhere. */
  readonly received: Decimal | undefined;
}

/** Reward, staking, airdrop, interest; negative where it was taken back or charged. */
export interface IncomeEvent extends Head {
  readonly kind: 'income';
  readonly asset: string;
  readonly quantity: Decimal;
  /** Its value in the reporting currency where the source says it; else by the market. */
  readonly value?: Decimal;
}

/** A quantity held before the history begins. */
export interface OpeningEvent extends Head {
  readonly kind: 'opening';
  readonly asset: string;
  readonly quantity: Decimal;
  /** In the reporting currency; undefined if unknown. */
  readonly cost: Decimal | undefined;
}

/** An accepted difference: coins that arrived (positive) or left (negative) without a record. */
export interface AdjustmentEvent extends Head {
  readonly kind: 'adjustment';
  readonly asset: string;
  readonly quantity: Decimal;
}

export type AccountingEvent =
  TradeEvent | DepositEvent | WithdrawalEvent | IncomeEvent | OpeningEvent | AdjustmentEvent;

export const tradeEvent = (trade: Trade): TradeEvent => ({
  kind: trade.kind,
  id: trade.id,
  time: trade.time,
  symbol: trade.symbol,
  base: trade.base,
  quote: trade.quote,
  side: trade.side,
  amount: trade.amount,
  value: trade.value,
  fees: trade.fee && !trade.fee.amount.isZero() ? [trade.fee] : [],
});

export const incomeEvent = ({ id, time, asset, amount }: Income): IncomeEvent => ({
  kind: 'income',
  id,
  time,
  asset,
  quantity: amount,
});

/** The cost of an entry is never known. */
export const entryEvent = ({ kind, id, time, asset, amount }: Entry): AccountingEvent => {
  const event = { id, time, asset, quantity: amount };
  return kind === 'opening' ? { ...event, kind, cost: undefined } : { ...event, kind };
};

/** What a match with a transfer of an account of one's own says: of a deposit, what it carries; of a withdrawal, what arrived. */
export type Resolution =
  | { readonly kind: 'carried'; readonly carried: Carried }
  | { readonly kind: 'sent'; readonly received: Decimal; readonly time: number };

/**
 * A deposit counts once it has arrived, a withdrawal as soon as the exchange has taken the coins; undefined
 * before that. A withdrawal that its deposit does not follow, as clocks differ, takes place the millisecond
 * before it.
 */
export function transferEvent(transfer: Transfer, resolution?: Resolution): AccountingEvent | undefined {
  const { direction, id, time, asset, amount, fee, status } = transfer;
  const paid = fee?.asset === asset ? fee.amount : undefined;
  if (direction === 'deposit') {
    if (status !== 'ok') return undefined;
    const carried = resolution?.kind === 'carried' ? resolution.carried : undefined;
    return { kind: 'deposit', id, time, asset, quantity: paid ? amount.minus(paid) : amount, carried };
  }
  if (status === 'failed') return undefined;
  const sent = resolution?.kind === 'sent' ? resolution : undefined;
  return {
    kind: 'withdrawal',
    id,
    time: sent ? Math.min(time, sent.time - 1) : time,
    asset,
    quantity: amount,
    fee: paid ?? ZERO,
    received: sent?.received,
  };
}

/** `trade BTC/USDT 123`: the event's identity within its account. */
export const nameOf = (event: AccountingEvent): string =>
  'symbol' in event ? `${event.kind} ${event.symbol} ${event.id}` : `${event.kind} ${event.id}`;
