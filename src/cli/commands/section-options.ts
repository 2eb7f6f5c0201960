import { parseDecimal } from '../../models/decimal.js';
import { BOOKS_CURRENCY } from '../../models/rates.js';
import type { ShowOptions } from './show.js';

const STALE_AFTER_MS = 65 * 60_000;

/** What the tables for a person take from the options. */
export const sectionOptions = ({ currency, privacy, sort, group, minValue }: ShowOptions) => ({
  currency: currency ?? BOOKS_CURRENCY,
  privacy: privacy ?? false,
  sort,
  group,
  staleAfterMs: STALE_AFTER_MS,
  ...(minValue ? { minValue: parseDecimal(minValue) } : {}),
});
