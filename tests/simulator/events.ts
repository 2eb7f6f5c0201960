import type { Decimal } from './decimal.js';

export type WalletName = 'UNIFIED' | 'FUND';

/** What happened to an account, in no exchange's words; a dialect renders it. */
export interface Event {
  readonly time: number;
  /** Order of creation over the whole world. */
  readonly serial: number;
}

export interface Fill {
  readonly symbol: string;
  readonly side: 'Buy' | 'Sell';
  readonly amount: Decimal;
  readonly price: Decimal;
  readonly value: Decimal;
  readonly feeAsset: string;
  readonly fee: Decimal;
}

/** `awaiting` the user or an approval; `credited` but not withdrawable yet. */
export type TransferState =
  'pending' | 'awaiting' | 'credited' | 'done' | 'cancelled' | 'rejected' | 'failed';

export interface Transfer {
  readonly asset: string;
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly wallet: WalletName;
  readonly state: TransferState;
}

/** Between two wallets of the account. */
export interface Move extends Event {
  readonly asset: string;
  readonly amount: Decimal;
  readonly from: WalletName;
  readonly to: WalletName;
}

export interface Conversion extends Event {
  readonly from: string;
  readonly fromAmount: Decimal;
  readonly to: string;
  readonly toAmount: Decimal;
  readonly status: string;
}

/** Small balances turned into BNB at one stroke. */
export interface DustSweep extends Event {
  readonly parts: readonly DustPart[];
}

export interface DustPart {
  readonly asset: string;
  readonly amount: Decimal;
  /** In BNB, before the service charge. */
  readonly gross: Decimal;
  readonly charge: Decimal;
}

/** Negative where the exchange takes back. */
export interface Dividend extends Event {
  readonly asset: string;
  readonly amount: Decimal;
  readonly note: string;
}

export interface Reward extends Event {
  readonly asset: string;
  readonly amount: Decimal;
}

/** From another user of the exchange, off the chain. */
export interface InternalDeposit extends Event {
  readonly asset: string;
  readonly amount: Decimal;
  readonly state: 'pending' | 'done' | 'failed';
}

export interface LockedPosition extends Event {
  readonly asset: string;
  readonly amount: Decimal;
  readonly days: number;
}
