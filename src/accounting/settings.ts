import type { Decimal } from '../models/decimal.js';

export interface AccountingSettings {
  /** What costs and profits are counted in; it costs 1. */
  readonly reportingCurrency: string;
  /** Counted as 1 of the reporting currency each: a stated assumption. */
  readonly stablecoins: ReadonlySet<string>;
}

/** A market price in the reporting currency at a time (ms), or undefined where none was found. */
export type PriceLookup = (asset: string, time: number) => Decimal | undefined;

/** Cash has no pool: the reporting currency, and stablecoins at their peg. */
export const isCash = (asset: string, settings: AccountingSettings): boolean =>
  asset === settings.reportingCurrency || settings.stablecoins.has(asset);
