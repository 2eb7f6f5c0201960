import type { Decimal } from './decimal.js';

/** Of every amount that is stored. */
export const BOOKS_CURRENCY = 'USD';

/** What one unit of a currency is worth in the currency of the books, when that was so in ms, and over which markets. */
export interface Rate {
  readonly currency: string;
  readonly price: Decimal;
  readonly route: readonly string[];
  readonly pricedAt: number;
}
