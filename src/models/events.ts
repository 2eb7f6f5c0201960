import type { Decimal } from './decimal.js';

export interface Fee {
  readonly asset: string;
  /** Positive is paid, negative is a rebate. */
  readonly amount: Decimal;
}

/** `convert` and `dust` are trades without an order book. */
export type TradeKind = 'trade' | 'convert' | 'dust';

/** One exchange of coins; identity is (account, kind, symbol, id). Times are ms since 1970, UTC. */
export interface Trade {
  readonly kind: TradeKind;
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

/** Coins that came without being bought or sent; identity is (account, id). */
export interface Income {
  readonly id: string;
  readonly asset: string;
  /** Negative where the exchange took back, or charged interest. */
  readonly amount: Decimal;
  /** `interest`, `airdrop`, or the exchange's own word. */
  readonly reason: string;
  readonly time: number;
  readonly raw: unknown;
}

/**
 * A correction of the ledger that no exchange reports, of unknown cost; identity is (account, id). `opening`:
 * held before the readable history begins. `adjustment`: a difference that the user accepted.
 */
export interface Entry {
  readonly id: string;
  readonly kind: 'opening' | 'adjustment';
  readonly asset: string;
  /** Signed; an opening is positive. An amount of 0 removes the entry. */
  readonly amount: Decimal;
  readonly time: number;
  readonly reason: string;
  /** The balance that the entry explains, and when it was read. */
  readonly balance: Decimal;
  readonly balanceAt: number;
}

/** Everything that happened in a stretch of an account's history. */
export interface EventSet {
  readonly trades: readonly Trade[];
  readonly transfers: readonly Transfer[];
  readonly incomes: readonly Income[];
}

/**
 * The histories of an account that are read by cursor. Where an exchange tells trades by market only,
 * each market is a stream of its own: `trades:BTCUSDT`.
 */
export type StreamKind = 'trades' | 'deposits' | 'withdrawals' | 'converts' | 'dust' | 'income';
export type Stream = StreamKind | `${StreamKind}:${string}`;

/**
 * How far a stream has been confirmed: every event before `completeUntil` is stored.
 * `window` is a span begun but not finished; `page` is the exchange's own token for what comes next in it.
 */
export interface Cursor {
  readonly stream: Stream;
  readonly completeUntil: number;
  readonly window: { readonly from: number; readonly to: number; readonly page: string } | undefined;
}
