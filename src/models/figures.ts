import type { Decimal } from './decimal.js';

/** In percent; unknown if the whole is zero, or a debt. */
export function percentOf(part: Decimal | undefined, whole: Decimal | undefined): Decimal | undefined {
  if (part === undefined || whole === undefined || !whole.gt(0)) return undefined;
  return part.times(100).div(whole);
}

const DECIMALS = 8;
/** Of a figure below 1, so that a small price keeps its digits and nothing but 0 becomes 0. */
const SIGNIFICANT_DIGITS = 8;

/** A figure for people: 8 decimals, or 8 significant digits where it is below 1; half-even. */
export const rounded = (value: Decimal): Decimal =>
  value.toDecimalPlaces(Math.max(DECIMALS, SIGNIFICANT_DIGITS - 1 - value.magnitude));
