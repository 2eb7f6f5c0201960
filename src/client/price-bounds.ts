import { type Decimal, parseDecimal, ZERO } from '../models/decimal.js';
import { amountOf } from './answer.js';

/** BTC costs up to 1e10 of the cheapest currencies, and the cheapest coins 1e-12 of a BTC. */
const MIN_PRICE = parseDecimal('1e-18');
const MAX_PRICE = parseDecimal('1e12');

const isPlausible = (price: Decimal): boolean => price.gte(MIN_PRICE) && price.lte(MAX_PRICE);

/** A market's price: one beyond all bounds is no price, as is one that is missing. */
export type MarketPrice = Decimal | 'none' | 'implausible';

/** Reads a price; throws 'guard' on anything that is not a number. */
export function marketPrice(text: string, what: string): MarketPrice {
  const price = text === '' ? ZERO : amountOf(text, what);
  if (!price.gt(ZERO)) return 'none';
  return isPlausible(price) ? price : 'implausible';
}

/** A price that other prices give. */
export const plausible = (price: Decimal): Decimal | undefined => (isPlausible(price) ? price : undefined);
