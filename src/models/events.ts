import type { Decimal } from './decimal.js';

export interface Fee {
  readonly asset: string;
  /** Positive is paid, negative is a rebate. */
  readonly amount: Decimal;
}

/** One execution on a spot market; identity is (account, symbol, id). Times are ms since 1970, UTC. */
export interface Trade {
  readonly id: string;
  readonly orderId: string | undefined;
  /** `BTC/USDT` */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly side: 'buy' | 'sell';
  /** In base, before any fee. */
  readonly amount: Decimal;
  readonly price: Decimal;
  /** The executed amount in quote as the exchange states it, never price x amount. */
  readonly value: Decimal;
  readonly fee: Fee | undefined;
  readonly time: number;
  readonly raw: unknown;
}

export type TransferStatus = 'pending' | 'ok' | 'failed';

/** A deposit or withdrawal; identity is (account, direction, id). */
export interface Transfer {
  readonly id: string;
  readonly direction: 'deposit' | 'withdrawal';
  readonly asset: string;
  /** What arrived, or what was sent without the fee. */
  readonly amount: Decimal;
  readonly fee: Fee | undefined;
  readonly status: TransferStatus;
  readonly network: string | undefined;
  readonly txid: string | undefined;
  readonly time: number;
  readonly raw: unknown;
}

/** The histories of an account that are read by cursor. */
export type Stream = 'trades' | 'deposits' | 'withdrawals';

/**
 * How far a stream has been confirmed: every event before `completeUntil` is stored.
 * `window` is a span begun but not finished; `page` is the exchange's own token for what comes next in it.
 */
export interface Cursor {
  readonly stream: Stream;
  readonly completeUntil: number;
  readonly window: { readonly from: number; readonly to: number; readonly page: string } | undefined;
}
