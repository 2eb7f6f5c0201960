import type { PartStatus } from './coverage.js';
import type { Decimal } from './decimal.js';
import type { UnreadProduct } from './unread.js';

/** One asset in one wallet. `rawCode` is the exchange's own code, `asset` ours. */
export interface WalletBalance {
  readonly asset: string;
  readonly rawCode: string;
  /** Owned, borrowed coins included; may be negative only where the wallet can owe. */
  readonly total: Decimal;
  readonly borrowed: Decimal;
}

/** A wallet was read whole at a time, or was not readable; there is no third state. */
export type WalletReading =
  | {
      readonly wallet: string;
      readonly status: 'read';
      readonly readAt: number;
      readonly balances: readonly WalletBalance[];
      /** What the wallet's answer reports beside balances. */
      readonly unread?: readonly UnreadProduct[];
    }
  | {
      readonly wallet: string;
      readonly status: 'unreadable';
      readonly outcome: PartStatus;
      readonly reason: string;
      readonly fix: string | undefined;
    };

/**
 * A price in the reporting currency with the markets it went over (`['MNT/BTC', 'BTC/USDT']`,
 * `['USDT/TRY inverted']`), or none. One that is counted as 1 says `['peg']`, and what its market says where
 * that is far from it: `['peg', 'USDC/USDT 0.9412']`.
 */
export type Price =
  | {
      readonly known: true;
      readonly price: Decimal;
      readonly route: readonly string[];
      readonly pricedAt: number;
    }
  | { readonly known: false };

export const isPegged = (price: Price): boolean => price.known && price.route[0] === PEG;

/** `USDC/USDT 0.9412`: what its market says of a coin that is counted as 1, where that is far from it. */
export const offPegOf = (price: Price): string | undefined =>
  price.known && price.route[0] === PEG ? price.route[1] : undefined;

const PEG = 'peg';

export const NO_PRICE: Price = { known: false };

/** One asset of an account over all its wallets, as stored and shown. */
export interface Holding {
  readonly asset: string;
  /** All wallets, minus what is borrowed. */
  readonly quantity: Decimal;
  readonly price: Price;
  readonly cost: CostBasis;
}

/** A balance that the ledger does not explain. */
export interface Difference {
  readonly asset: string;
  /** Balance minus ledger. Positive: coins arrived without a record; negative: coins left without one. */
  readonly amount: Decimal;
  /** When a sync first found this amount, ms; undefined if that was before differences were recorded. */
  readonly since: number | undefined;
}

/**
 * What is known of the cost of a holding. `knownQuantity` of the quantity held has a known cost;
 * `averageEntry` is that cost per coin, fees included, and undefined if nothing is known.
 */
export interface CostBasis {
  readonly knownQuantity: Decimal;
  readonly cost: Decimal;
  readonly averageEntry: Decimal | undefined;
}
