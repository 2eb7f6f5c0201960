import { ZERO } from '../models/decimal.js';
import type { Decimal } from '../models/decimal.js';
import { type Pool, type TotalKind, TOTAL_KINDS, type Totals } from '../models/pool.js';

/** Totals that are still being counted. */
export type OpenTotals = Record<TotalKind, Decimal>;

export const emptyTotals = (): OpenTotals => ({
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

export function addTotals(sum: OpenTotals, more: Totals): void {
  for (const kind of TOTAL_KINDS) sum[kind] = sum[kind].plus(more[kind]);
}

/** The totals of an asset since its first event. */
export function totalOf({ past, today }: Pick<Pool, 'past' | 'today'>): Totals {
  const total = { ...past };
  if (today) addTotals(total, today);
  return total;
}
