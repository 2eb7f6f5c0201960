import { Decimal as DecimalJs } from 'decimal.js';

/** The one door for money: half-even, with room for sums and products of whole histories without a rounding. */
export const Decimal = DecimalJs.clone({
  precision: 100,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});
export type Decimal = DecimalJs;

export const ZERO = new Decimal(0);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;

/** An exact amount from its text; throws RangeError on anything else (NaN, Infinity, '', '1,5'). */
export function parseDecimal(text: string): Decimal {
  if (!NUMBER.test(text)) throw new RangeError(`not a decimal number: ${JSON.stringify(text.slice(0, 80))}`);
  return new Decimal(text);
}

/** Plain digits, never scientific; what goes to the wire, to JSON and to Postgres. */
export function toText(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

const QUOTIENT_DECIMALS = 50;
const SHOWN_DIGITS = 40;

/**
 * Only a division rounds, and always at the same decimal place: what is split off and what is left then
 * add up to the whole again, to the last digit.
 */
export const quotient = (dividend: Decimal, divisor: Decimal): Decimal =>
  dividend.div(divisor).toDecimalPlaces(QUOTIENT_DECIMALS);

/** An average as it is stored and shown: 40 digits, so that the roundings behind it do not surface. */
export const average = (total: Decimal, quantity: Decimal): Decimal =>
  total.div(quantity).toSignificantDigits(SHOWN_DIGITS);
