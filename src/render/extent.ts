import type { Decimal } from '../models/decimal.js';

/** The least and the greatest of what is drawn. */
export interface Extent {
  readonly lowest: Decimal;
  readonly highest: Decimal;
}

/** Throws RangeError where there is no value: a drawing of nothing has no scale. */
export function extentOf([first, ...others]: readonly Decimal[]): Extent {
  if (!first) throw new RangeError('an extent of nothing');
  return {
    lowest: others.reduce((least, value) => (value.lt(least) ? value : least), first),
    highest: others.reduce((most, value) => (value.gt(most) ? value : most), first),
  };
}
