import type { Decimal } from './decimal.js';

/** In percent; unknown if the whole is zero, or a debt. */
export function percentOf(part: Decimal | undefined, whole: Decimal | undefined): Decimal | undefined {
  if (part === undefined || whole === undefined || !whole.gt(0)) return undefined;
  return part.times(100).div(whole);
}
