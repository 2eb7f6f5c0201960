import type { AccountId } from './account.js';
import type { Decimal } from './decimal.js';

/** The totals of an asset in the ledger since its first event, in the reporting currency unless stated otherwise. */
export interface Counts {
  /** Coins moved by the events, with their sign: below 0 where more left than they explain. */
  readonly moved: Decimal;
  readonly grossGain: Decimal;
  readonly income: Decimal;
  readonly feesPaid: Decimal;
  readonly deposits: Decimal;
  readonly withdrawals: Decimal;
  /** Market value of every movement with its sign. */
  readonly book: Decimal;
  /** Coins moved, with their sign, whose value at that time is not known; and the same without signs. */
  readonly unvaluedQuantity: Decimal;
  readonly unvaluedMoved: Decimal;
  /** Coins realized over a cost that is an estimate. */
  readonly estimatedSold: Decimal;
}

/** An asset at a snapshot: the quantity that the exchange reported, its price, and its totals in the ledger. */
export interface AssetMoment {
  readonly quantity: Decimal;
  /** Undefined where it has none, or nothing is held. */
  readonly price: Decimal | undefined;
  readonly counts: Counts;
}

/** An account at a snapshot. */
export interface Moment {
  /** ms since 1970 */
  readonly time: number;
  /** Every wallet was read. */
  readonly complete: boolean;
  readonly assets: ReadonlyMap<string, AssetMoment>;
}

/**
 * The ways in which a value changes, in the reporting currency, each with the sign with which it changed it;
 * accounting/bridge.ts says what each one is.
 */
export const BRIDGE_TERMS = [
  'priceMoves',
  'realized',
  'income',
  'fees',
  'netFlows',
  'traded',
  'unexplained',
] as const;

export type BridgeTerm = (typeof BRIDGE_TERMS)[number];
export type BridgeTerms = Readonly<Record<BridgeTerm, Decimal>>;

/** From one value to another: `to` - `from` is the sum of the terms, to the last digit. */
export interface Bridge {
  readonly from: Decimal;
  readonly to: Decimal;
  readonly terms: BridgeTerms;
}

/** One asset of an account; `bridge` undefined if a price that it needs is not known. */
export interface AssetBridge {
  readonly asset: string;
  readonly bridge: Bridge | undefined;
  /** Coins that moved in between at a time without a known price. */
  readonly unvalued: Decimal;
  /** Whether `realized` rests on a cost that is an estimate. */
  readonly estimated: boolean;
}

/** The sum of what is known; undefined if none of it is known. */
export interface TotalBridge {
  readonly bridge: Bridge | undefined;
  /** Assets excluded from the sum (no price). */
  readonly leftOut: readonly string[];
}

export interface AccountBridge {
  readonly account: AccountId;
  readonly from: Omit<Moment, 'assets'>;
  readonly to: Omit<Moment, 'assets'>;
  /** Why it does not begin as far back as asked: nothing older is there, or nothing that can be compared. */
  readonly late: 'first' | 'not-comparable' | undefined;
  readonly assets: readonly AssetBridge[];
  readonly total: TotalBridge;
}

/** Why there is no attribution for an account, in words. */
export const UNBRIDGED = {
  unsynced: 'it has never been synced',
  single: 'there is one snapshot so far, and a bridge takes two',
  old: 'there is no snapshot in that time',
  'not-comparable':
    'what was counted before the newest snapshot was counted by another version or other settings',
} as const;

export interface UnbridgedAccount {
  readonly account: AccountId;
  /** Time of its newest snapshot in ms; undefined without any. */
  readonly newest: number | undefined;
  readonly reason: keyof typeof UNBRIDGED;
}

/** The way of every account to its newest snapshot, from the one at or before `since` (ms). */
export interface Bridges {
  readonly since: number;
  readonly now: number;
  readonly accounts: readonly AccountBridge[];
  readonly unbridged: readonly UnbridgedAccount[];
  readonly total: TotalBridge;
}
