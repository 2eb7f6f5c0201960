import type { Decimal } from '../models/decimal.js';

export interface Fee {
  readonly asset: string;
  /** Positive is paid, negative is a rebate. */
  readonly amount: Decimal;
}

/** A trade as its record reports it; `convert` and `dust` are trades without an order book. */
export interface Trade {
  readonly kind: 'trade' | 'convert' | 'dust';
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
  /** Epoch ms, as everywhere. */
  readonly time: number;
  readonly raw: unknown;
}

export type TransferStatus = 'pending' | 'done' | 'failed';

/** A deposit or withdrawal as its record reports it. */
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

/** Coins that came without being bought or sent. */
export interface Income {
  readonly id: string;
  readonly asset: string;
  /** Negative if the exchange took it back, or charged interest. */
  readonly amount: Decimal;
  /** `interest`, `airdrop`, or the exchange's own word. */
  readonly reason: string;
  readonly time: number;
  readonly raw: unknown;
}
