import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '../../../src/models/decimal.js';
import type { Report } from '../../../src/models/report.js';
import { OPTIONS, report } from '../reports.js';
import { renderReport } from '../rendered.js';

/** What a coin costs is the same for a rich man. */
const PRICES: ReadonlySet<string> = new Set(['price', 'averageEntry', 'lastPrices']);

/** The same with so many times as much of everything. */
function enlarged<T>(value: T, factor: number): T {
  if (value instanceof Decimal) return value.times(factor) as T;
  if (value instanceof Map) {
    return new Map([...value].map(([key, one]) => [key, enlarged<unknown>(one, factor)])) as T;
  }
  if (Array.isArray(value)) return value.map((one) => enlarged<unknown>(one, factor)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      PRICES.has(key) ? (one as unknown) : enlarged<unknown>(one, factor),
    ]),
  ) as T;
}

test('a page with privacy is the same to the last character for a portfolio of any size', () => {
  const made = (shown: Report) => renderReport(shown, { ...OPTIONS, privacy: true });
  // Large enough that no change is less than a cent, which has no colour.
  const small = enlarged(report(['bybit', 'bybit/sub1']), 10_000);
  expect(renderReport(enlarged(small, 3), OPTIONS)).not.toBe(renderReport(small, OPTIONS));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (factor) => {
      expect(made(enlarged(small, factor))).toBe(made(small));
    }),
    { numRuns: 20 },
  );
});
