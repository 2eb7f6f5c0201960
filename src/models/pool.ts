import type { Decimal } from './decimal.js';

/** Coins with what is known of their cost: a lot, a whole pool, or what travels with a transfer. */
export interface Lot {
  readonly quantity: Decimal;
  /** Of the part whose cost is known, fees included, in the reporting currency. */
  readonly cost: Decimal;
  /** The same without fees. */
  readonly grossCost: Decimal;
  /** The part of `quantity` whose cost is not known. */
  readonly unknownQuantity: Decimal;
  /** The part of `quantity` whose cost is an estimate, and that cost. */
  readonly estimatedQuantity: Decimal;
  readonly estimatedCost: Decimal;
}

/** The totals of an asset, in the reporting currency unless noted otherwise. */
export const TOTAL_KINDS = [
  /** Realized by sales; by fees paid in the coin; as income; as network fees at cost. */
  'trade',
  'fee',
  'income',
  'transferFee',
  /** Proceeds of coins whose acquisition is not known; they are no gain. */
  'unmatchedProceeds',
  /** What sales and fees in kind gained before any fee: market value of what left less its cost without fees. */
  'grossGain',
  /** Coins whose loss or gain was realized over a cost that is an estimate. */
  'estimatedSold',
  /** Market value of the fees that were paid in this asset. */
  'feesPaid',
  /** Market value of what came in and went out. */
  'deposits',
  'withdrawals',
  /** Market value of every movement with its sign: what the quantity would be worth had no price moved. */
  'book',
  /** Coins moved, with their sign, whose value at that time is not known. */
  'unvaluedQuantity',
  /** `unvaluedQuantity` without signs: 0 only where every movement has a value. */
  'unvaluedMoved',
  /** Coins that left beyond what the events explain; no pool holds less than nothing. */
  'missing',
] as const;

export type TotalKind = (typeof TOTAL_KINDS)[number];
export type Totals = Readonly<Record<TotalKind, Decimal>>;

/** One asset of one account after its events. Cash has a balance, which may be negative, and no lots. */
export interface Pool {
  readonly asset: string;
  readonly cash: boolean;
  readonly balance: Decimal;
  /** In the order of the method; the average method has one. */
  readonly lots: readonly Lot[];
  /** Everything up to the day of the last event. */
  readonly past: Totals;
  /** Undefined where nothing was counted in that day. */
  readonly today: Totals | undefined;
}

/** An account's ledger after an event, by asset; everything that is needed to continue from there. */
export interface LedgerState {
  /** Time of the last event in ms; undefined before the first. */
  readonly time: number | undefined;
  readonly pools: readonly Pool[];
}

/** What was counted of an asset in one UTC day; `day` is its number since 1970. */
export interface DayResult {
  readonly day: number;
  readonly asset: string;
  readonly totals: Totals;
}

/** The cost that travels with coins from one account to another, by lot. */
export interface TransferredCost {
  /** When they were sent, in ms. */
  readonly time: number;
  readonly lots: readonly Lot[];
  /** Market value when they were sent; undefined if it is not known. */
  readonly value: Decimal | undefined;
}

/** More left the account than its history explains. */
export interface MissingAcquisition {
  readonly event: string;
  readonly asset: string;
  readonly time: number;
  readonly found: Decimal;
  readonly missing: Decimal;
}

/** An event whose value in the reporting currency could not be determined. */
export interface UnvaluedEvent {
  readonly event: string;
  readonly asset: string;
  readonly time: number;
}

/** A market price that valued an event: stored with it, never refreshed. */
export interface EventPrice {
  readonly asset: string;
  /** The event's time; the price is that of the candle which contains it. */
  readonly time: number;
  readonly price: Decimal;
  readonly source: string;
}
