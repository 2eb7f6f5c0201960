import { type Decimal, ZERO } from '../models/decimal.js';
import type { Position, TraceLine } from '../models/trace.js';

/** Value per coin. */
export const priceOf = ({ value, quantity }: TraceLine): Decimal | undefined =>
  quantity.isZero() ? undefined : value?.div(quantity.abs());

/** Fees that were paid in other assets; undefined if the value of one is not known. */
export const feeOf = ({ charges }: TraceLine): Decimal | undefined =>
  charges.reduce<Decimal | undefined>((sum, { value }) => value && sum?.plus(value), ZERO);

/** Where nothing of what is held has a known cost, it is not 0. */
export const costOf = ({ cost, knownQuantity, quantity }: Position): Decimal | undefined =>
  knownQuantity.isZero() && !quantity.isZero() ? undefined : cost;

/** The average is that of a part of what is held. */
export const isPartial = ({ average, knownQuantity, quantity }: Position): boolean =>
  average !== undefined && knownQuantity.lt(quantity);
