import type { AccountId } from './account.js';
import type { Decimal } from './decimal.js';

/** What can happen to the coins of one asset. `gap`: coins left that the history did not bring. */
export type MovementKind =
  | 'bought'
  | 'sold'
  | 'converted'
  | 'dust'
  | 'fee'
  | 'rebate'
  | 'deposit'
  | 'withdrawal'
  | 'own transfer'
  | 'income'
  | 'charge'
  | 'opening'
  | 'adjustment'
  | 'gap';

/** One movement of the asset. */
export interface Movement {
  /** ms since 1970 */
  readonly time: number;
  /** The event's identity within its account. */
  readonly event: string;
  readonly what: MovementKind;
  /** The other asset of a trade; of a fee the market it was paid in. */
  readonly counter: string | undefined;
  /** With its sign. */
  readonly quantity: Decimal;
  /** Of the quantity without its sign, in the reporting currency; undefined if it is not known. */
  readonly value: Decimal | undefined;
  /** Fees of this trade that were paid in other assets. */
  readonly charges: readonly Charge[];
}

export interface Charge {
  readonly asset: string;
  readonly amount: Decimal;
  readonly value: Decimal | undefined;
}

export interface TraceLine extends Movement {
  /** What came of the event; undefined on all of its lines but the last. */
  readonly outcome: Outcome | undefined;
}

export interface Outcome {
  /** All that the event realized, in the reporting currency; undefined if it is not known. */
  readonly realized: Decimal | undefined;
  readonly position: Position;
}

/** What the account holds by its events: of several lots their sum. */
export interface Position {
  readonly quantity: Decimal;
  /** Of the part whose cost is known. */
  readonly cost: Decimal;
  readonly knownQuantity: Decimal;
  /** Per coin of that part; undefined if there is none. */
  readonly average: Decimal | undefined;
  /** The part of `quantity` whose cost is an estimate. */
  readonly estimatedQuantity: Decimal;
}

/** Everything that the events say of one asset of an account, or the last of it. */
export interface AssetTrace {
  readonly account: AccountId;
  readonly asset: string;
  /** Money: it has no cost and no average of its own. */
  readonly cash: boolean;
  readonly lines: readonly TraceLine[];
  /** The totals of the omitted lines; undefined if there are none. */
  readonly earlier:
    { readonly lines: number; readonly position: Position; readonly realized: Decimal } | undefined;
  /** After the last line, and all that was realized since the first event as far as it is known. */
  readonly position: Position;
  readonly realized: Decimal;
  /** What the last sync stored of it, as `show` prints it; undefined if nothing is held. */
  readonly held: { readonly quantity: Decimal; readonly average: Decimal | undefined } | undefined;
  /** Something is stored, or chosen, that no sync has applied yet. */
  readonly ahead: boolean;
}

export interface AssetTraces {
  readonly asset: string;
  readonly now: number;
  readonly method: string;
  readonly accounts: readonly AssetTrace[];
  /** Accounts that were asked for and have no records of the asset. */
  readonly absent: readonly AccountId[];
}
