import { Decimal as DecimalJs } from 'decimal.js';

/** The one door for money: 50 significant digits, half-even, so that 40 are right after long histories; any exponent. */
export const Decimal = DecimalJs.clone({
  precision: 50,
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

/** A quotient as it is stored and shown: 40 digits, so that the roundings behind it do not surface. */
export const toStoredQuotient = (value: Decimal): Decimal => value.toSignificantDigits(40);
