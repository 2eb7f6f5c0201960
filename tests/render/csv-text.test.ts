import { expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { amountField, csvText, nameField } from '../../src/render/csv-text.js';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', '\\u{9}=1'],
  ['\r=1', '\\u{d}=1'],
  ['\n=1', '\\u{a}=1'],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['=HYPERLINK("http://a","b")', `"'=HYPERLINK(""http://a"",""b"")"`],
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['\u001b[31mRED', '\\u{1b}[31mRED'],
  ['BTC', 'BTC'],
  ['bybit/sub-1', 'bybit/sub-1'],
])('the name %j is the field %j, which no spreadsheet runs', (name, field) => {
  expect(nameField(name)).toBe(field);
});

test.each([
  ['-5', '-5'],
  ['0.000000000000000001', '0.000000000000000001'],
  ['12345678901234567890.123456789', '12345678901234567890.123456789'],
])('the amount %s stays a number', (amount, field) => {
  expect(amountField(parseDecimal(amount))).toBe(field);
});

test('what is not known is an empty field, and every line ends as RFC 4180 wants it', () => {
  expect(csvText([['a', amountField(undefined), 'c'], ['d']])).toBe('a,,c\r\nd\r\n');
});
