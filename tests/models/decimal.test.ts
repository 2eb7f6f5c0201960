import { describe, expect, test } from '@jest/globals';
import { Decimal as DecimalJs } from 'decimal.js';
import fc from 'fast-check';
import { average, largest, parseDecimal, toText } from '../../src/models/decimal.js';

/** The independent judge: decimal.js with more digits than any case here has. */
const Judge = DecimalJs.clone({
  precision: 400,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

const text = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: 0, max: 45 }))
  .map(([sign, digits, scale]) => `${sign}${digits}e-${scale}`);

const same = (ours: { toString: () => string }, theirs: DecimalJs): void => {
  expect(ours.toString()).toBe(theirs.isZero() ? '0' : theirs.toFixed());
};

describe('an exact decimal number', () => {
  test('agrees with decimal.js on sums, differences, products and order', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y, p, q] = [parseDecimal(a), parseDecimal(b), new Judge(a), new Judge(b)];
        same(x.plus(y), p.plus(q));
        same(x.minus(y), p.minus(q));
        same(x.times(y), p.times(q));
        same(x.negated(), p.negated());
        same(x.abs(), p.abs());
        same(largest(x, y), Judge.max(p, q));
        expect(x.compare(y)).toBe(p.comparedTo(q));
        expect([x.eq(y), x.gt(y), x.gte(y), x.lt(y), x.lte(y)]).toEqual([
          p.eq(q),
          p.gt(q),
          p.gte(q),
          p.lt(q),
          p.lte(q),
        ]);
      }),
    );
  });

  test('agrees with decimal.js on quotients at the 50th place and on every rounding, half-even', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 60 }), (a, b, count) => {
        const [x, y, p, q] = [parseDecimal(a), parseDecimal(b), new Judge(a), new Judge(b)];
        if (!y.isZero()) same(x.div(y), p.div(q).toDecimalPlaces(50));
        same(x.toDecimalPlaces(count), p.toDecimalPlaces(count));
        same(x.toSignificantDigits(count), p.toSignificantDigits(count));
        const fixed = p.toFixed(count);
        expect(x.toFixed(count)).toBe(/[1-9]/.test(fixed) ? fixed : fixed.replace('-', ''));
        expect(x.magnitude).toBe(p.isZero() ? 0 : p.e);
      }),
    );
  });

  test.each([
    ['0.5', 0, '0'],
    ['1.5', 0, '2'],
    ['2.5', 0, '2'],
    ['-0.5', 0, '0'],
    ['-1.5', 0, '-2'],
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['0.1250000000000000000000000001', 2, '0.13'],
  ])('%s rounded to %i decimals is %s', (value, decimals, rounded) => {
    expect(toText(parseDecimal(value).toDecimalPlaces(decimals))).toBe(rounded);
  });

  test.each([
    ['1.50', '1.5'],
    ['+0.9', '0.9'],
    ['1E-9', '0.000000001'],
    ['1.23e4', '12300'],
    ['0.00000000', '0'],
    ['-0', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['100', '100'],
  ])('the text %s stands for %s', (value, plain) => {
    expect(toText(parseDecimal(value))).toBe(plain);
    expect(JSON.stringify({ value: parseDecimal(value) })).toBe(`{"value":"${plain}"}`);
  });

  test.each([
    '',
    '.',
    'NaN',
    'Infinity',
    '-Infinity',
    '1,5',
    '0x10',
    ' 1',
    '1 ',
    '1e',
    'e5',
    '1e99999',
    '--1',
  ])('%j is no number', (value) => {
    expect(() => parseDecimal(value)).toThrow(RangeError);
  });

  test('a fraction never comes in as a float', () => {
    expect(() => parseDecimal('1').times(0.1)).toThrow(RangeError);
  });

  test('what is split off and what is left add up to the whole', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 99 }), (a, parts) => {
        const whole = parseDecimal(a);
        const part = whole.div(parts);
        expect(whole.minus(part).plus(part).eq(whole)).toBe(true);
      }),
    );
  });

  test('an average has 40 digits', () => {
    expect(toText(average(parseDecimal('2000'), parseDecimal('0.999')))).toBe(
      '2002.002002002002002002002002002002002002',
    );
  });
});
