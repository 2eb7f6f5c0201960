import type { Decimal } from '../models/decimal.js';
import type { Method } from './lots.js';

export interface AccountingSettings {
  /** What costs and profits are counted in; it costs 1. */
  readonly reportingCurrency: string;
  readonly method: Method;
  /** Counted as 1 US dollar each: a stated assumption. Empty where stablecoins go by their market. */
  readonly stablecoins: ReadonlySet<string>;
  /** Money by law: it has no pool and no profit, its value is the rate of its time. */
  readonly fiat: ReadonlySet<string>;
  /** What a deposit without a matching withdrawal cost. */
  readonly depositCost: 'market' | 'unknown' | 'zero';
  /** Whether proceeds of coins whose purchase is not known are a gain. */
  readonly gapCost: 'exclude' | 'zero';
}

/** A market price or rate in the reporting currency at a time (ms), or undefined where none was found. */
export type PriceLookup = (asset: string, time: number) => Decimal | undefined;

/** What an asset counts as. */
export interface Kind {
  /** Cash has no pool: the reporting currency, other fiat, and stablecoins at their peg. */
  readonly cash: boolean;
  /** Of two legs of a trade the lower one gives it its value. */
  readonly rank: number;
  /** Whose price is its own. */
  readonly money: string;
}

const PEG = 'USD';

export function kindOf(asset: string, { reportingCurrency, fiat, stablecoins }: AccountingSettings): Kind {
  const pegged = stablecoins.has(asset);
  const rank = asset === reportingCurrency ? 0 : fiat.has(asset) ? 1 : pegged ? 2 : 3;
  return { cash: rank < 3, rank, money: pegged ? PEG : asset };
}

export const isCash = (asset: string, settings: AccountingSettings): boolean => kindOf(asset, settings).cash;
