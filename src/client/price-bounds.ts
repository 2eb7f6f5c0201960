import { type Decimal, parseDecimal, ZERO } from '../models/decimal.js';
import { amountOf, measuredAmount } from './answer.js';

/** BTC costs up to 1e10 of the cheapest currencies, and the cheapest coins 1e-12 of a BTC. */
const MIN_PRICE = parseDecimal('1e-18');
const MAX_PRICE = parseDecimal('1e12');

const isPlausible = (price: Decimal): boolean => price.gte(MIN_PRICE) && price.lte(MAX_PRICE);

/** A market's price: one beyond all bounds is no price, as is one that is missing. */
export type MarketPrice = Decimal | 'none' | 'implausible';

/** Reads a price; throws 'guard' on anything that is not a number. One with too many digits is implausible. */
export function marketPrice(text: string, what: string): MarketPrice {
  if (text === '') return 'none';
  const price = measuredAmount(text) ?? (NUMBER.test(text) ? undefined : amountOf(text, what));
  if (!price) return 'implausible';
  if (!price.gt(ZERO)) return 'none';
  return isPlausible(price) ? price : 'implausible';
}

/** Accepts a number of any length in linear time. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A price that is computed from other prices. */
export const plausible = (price: Decimal): Decimal | undefined => (isPlausible(price) ? price : undefined);
