import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, parseDecimal, toText } from '../../../src/models/decimal.js';
import { extentOf } from '../../../src/render/scale.js';
import { placeOf, ticksOf } from '../../../src/render/scale.js';

const decimals = (...texts: readonly string[]) => texts.map(parseDecimal);

describe('the marks of an axis', () => {
  test.each([
    [['61000', '72500'], ['60000', '65000', '70000', '75000'], '5000'],
    [['0', '100'], ['0', '50', '100'], '50'],
    [['0.0012', '0.0047'], ['0.001', '0.002', '0.003', '0.004', '0.005'], '0.001'],
    [['-3', '12'], ['-5', '0', '5', '10', '15'], '5'],
    [['66000', '66000'], ['60000', '70000'], '10000'],
    [['0', '0'], ['0', '0.01'], '0.01'],
  ])('%j are at %j', (values, ticks, step) => {
    const made = ticksOf(extentOf(decimals(...values)));
    expect([made.ticks.map(toText), toText(made.step)]).toEqual([ticks, step]);
  });

  test('hold every value between the first and the last, are few and evenly apart', () => {
    const value = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.nat(20));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (parts) => {
        const scale = extentOf(parts.map(([digits, places]) => new Decimal(digits, places)));
        const { ticks, step } = ticksOf(scale);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks[0]?.lte(scale.lowest)).toBe(true);
        expect(ticks.at(-1)?.gte(scale.highest)).toBe(true);
        expect(ticks.every((tick, at) => at === 0 || tick.minus(ticks[at - 1] ?? 0).eq(step))).toBe(true);
      }),
    );
  });
});

test.each([
  ['60000', 0],
  ['75000', 100],
  ['61500', 10],
])('%s lies at %f %% of the way', (text, place) => {
  const [lowest, highest, value] = decimals('60000', '75000', text);
  if (!lowest || !highest || !value) throw new Error('no scale');
  expect(placeOf(value, { lowest, highest })).toBe(place);
  expect(placeOf(value, { lowest: value, highest: value })).toBe(50);
});
