import type { Decimal } from './decimal.js';

/** Sums of realized profit and loss in the reporting currency, by kind. */
export interface Realized {
  readonly trade: Decimal;
  readonly fee: Decimal;
  readonly income: Decimal;
  readonly transferFee: Decimal;
}

/** The cost pool of one asset of one account; see accounting/replay.ts for its rules. */
export interface Pool {
  readonly asset: string;
  /** Held according to the events, known and unknown cost together; never negative. */
  readonly quantity: Decimal;
  /** Cost of the part whose cost is known, fees included. */
  readonly cost: Decimal;
  /** The same without fees. */
  readonly grossCost: Decimal;
  /** The part of `quantity` whose cost is not known. */
  readonly unknownQuantity: Decimal;
  readonly realized: Realized;
  /** Proceeds of coins whose acquisition is not known; they are no gain. */
  readonly unmatchedProceeds: Decimal;
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
