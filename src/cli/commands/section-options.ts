import { parseDecimal } from '../../models/decimal.js';
import type { ShowOptions } from './show.js';

const STALE_AFTER_MS = 65 * 60_000;

/** What the tables for a person take from the options. */
export const sectionOptions = ({ currency, privacy, sort, group, minValue }: ShowOptions) => ({
  currency: currency ?? 'USD',
  privacy: privacy ?? false,
  sort,
  group,
  staleAfterMs: STALE_AFTER_MS,
  ...(minValue ? { minValue: parseDecimal(minValue) } : {}),
});
