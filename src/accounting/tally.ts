import { ZERO } from '../models/decimal.js';
import type { Decimal } from '../models/decimal.js';
import { type Book, type Tallied, TALLIED, type Tally } from '../models/pool.js';

/** A tally that is still being counted. */
export type OpenTally = Record<Tallied, Decimal>;

export const emptyTally = (): OpenTally => ({
  trade: ZERO,
  fee: ZERO,
  income: ZERO,
  transferFee: ZERO,
  unmatchedProceeds: ZERO,
  grossGain: ZERO,
  estimatedSold: ZERO,
  feesPaid: ZERO,
  deposits: ZERO,
  withdrawals: ZERO,
  book: ZERO,
  unvaluedQuantity: ZERO,
  unvaluedMoved: ZERO,
  missing: ZERO,
});

export function addTally(sum: OpenTally, more: Tally): void {
  for (const kind of TALLIED) sum[kind] = sum[kind].plus(more[kind]);
}

/** Everything that was counted of an asset since its first event. */
export function totalOf({ past, today }: Pick<Book, 'past' | 'today'>): Tally {
  const total = { ...past };
  if (today) addTally(total, today);
  return total;
}
