import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal } from '../../src/models/decimal.js';
import { printable } from '../../src/render/escape.js';
import {
  formatChange,
  formatGain,
  formatMoney,
  formatPrice,
  formatQuantity,
} from '../../src/render/numbers.js';

describe('figures', () => {
  test.each([
    [formatMoney(parseDecimal('1234567.005')), '1,234,567.00'],
    [formatGain(parseDecimal('0.07')), '+0.07'],
    [formatGain(parseDecimal('-0.001')), '0.00'],
    [formatPrice(parseDecimal('0.000012345678912')), '0.000012345679'],
    [formatPrice(parseDecimal('64250.5')), '64,250.50'],
    [formatQuantity(parseDecimal('0.000000001')), '<0.00000001'],
    [formatQuantity(undefined), '—'],
    [formatChange(parseDecimal('12.345')), '+12.34%'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });

  test('whatever the text, nothing that steers a terminal is left', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(printable(text)),
      ),
    );
  });
});
