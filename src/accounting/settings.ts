import type { Decimal } from '../models/decimal.js';
import type { Method } from './lots.js';

export interface AccountingSettings {
  /** The currency of all costs and profits; one unit of it costs 1. */
  readonly reportingCurrency: string;
  readonly method: Method;
  /** Counted as 1 US dollar each: a stated assumption. Empty if stablecoins are valued at their market price. */
  readonly stablecoins: ReadonlySet<string>;
  /** Fiat currencies have no pool and no profit; their value is the exchange rate of the time. */
  readonly fiat: ReadonlySet<string>;
  /** The cost of a deposit without a matching withdrawal. */
  readonly depositCost: 'market' | 'unknown' | 'zero';
  /** Whether the proceeds of coins without a recorded purchase are a gain (`zero`) or excluded. */
  readonly gapCost: 'exclude' | 'zero';
}

/** A market price or rate in the reporting currency at a time (ms), or undefined if there is none. */
export type PriceLookup = (asset: string, time: number) => Decimal | undefined;

/** How an asset is treated. */
export interface Kind {
  /** Cash has no pool: the reporting currency, other fiat, and stablecoins at their peg. */
  readonly cash: boolean;
  /** Of the two sides of a trade, the one with the lower rank gives it its value. */
  readonly rank: number;
  /** The asset whose market price it has. */
  readonly money: string;
}

const PEG = 'USD';

export function kindOf(asset: string, { reportingCurrency, fiat, stablecoins }: AccountingSettings): Kind {
  const pegged = stablecoins.has(asset);
  const rank = asset === reportingCurrency ? 0 : fiat.has(asset) ? 1 : pegged ? 2 : 3;
  return { cash: rank < 3, rank, money: pegged ? PEG : asset };
}

export const isCash = (asset: string, settings: AccountingSettings): boolean => kindOf(asset, settings).cash;
