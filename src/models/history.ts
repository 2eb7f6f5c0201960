import type { AccountId } from './account.js';
import type { Decimal } from './decimal.js';

/** An account as one sync found it. */
export interface Snapshot {
  readonly account: AccountId;
  readonly runId: string;
  readonly takenAt: number;
  /** Every wallet was read. */
  readonly complete: boolean;
  /** Of all assets with a price; undefined without any. */
  readonly value: Decimal | undefined;
  readonly unpriced: readonly string[];
  /** Deposits less withdrawals from it to the account's newest one; undefined if not known or not asked for. */
  readonly netFlowsSince?: Decimal | undefined;
}

/** What was known of a value at a time, and what it counts and leaves out. */
export interface ValuePoint {
  readonly time: number;
  readonly value: Decimal | undefined;
  /** Every wallet of every account was read at about that time. */
  readonly complete: boolean;
  readonly accounts: readonly AccountId[];
  readonly unpriced: readonly string[];
  /** A line from the complete point before leads here: nothing is missing between, and both count the same. */
  readonly joined: boolean;
}

/** A time without a complete snapshot, longer than the usual pause between two. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface ValueSeries {
  readonly points: readonly ValuePoint[];
  readonly gaps: readonly Gap[];
}

/** Values over the time from `from` to `to` in ms; `total` where there are several accounts. */
export interface ValueHistory {
  readonly from: number;
  readonly to: number;
  /** The one asset whose value it is; undefined if it is the value of all assets. */
  readonly asset: string | undefined;
  readonly accounts: readonly { readonly account: AccountId; readonly series: ValueSeries }[];
  readonly total: ValueSeries | undefined;
  /** Accounts that were asked for and have no snapshot in that time, or none that holds the asset. */
  readonly absent: readonly AccountId[];
}
