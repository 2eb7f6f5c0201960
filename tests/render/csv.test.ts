import { expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import type { Field } from '../../src/render/document.js';
import { renderCsv, safeText } from '../../src/render/formats/csv.js';
import { renderPortfolioCsv } from './rendered.js';
import { portfolio } from './reports.js';

const csvOf = (rows: readonly (readonly Field[])[], exact = false): string =>
  renderCsv(
    { title: '', about: '', now: 0, sections: [], records: () => ({ keys: ['a', 'b'], rows }) },
    { exact },
  );
const fieldOf = (field: Field, exact: boolean) => csvOf([[field]], exact).split('\r\n')[1];

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
  expect(safeText(name)).toBe(field);
});

test.each([
  ['-5', '-5', '-5'],
  ['0.000000000000000001', '0.000000000000000001', '0.000000000000000001'],
  ['0.000012345678901234', '0.000012345678901234', '0.000012345679'],
  ['0.1234567891', '0.1234567891', '0.12345679'],
  ['1.000000005', '1.000000005', '1'],
  ['1.000000015', '1.000000015', '1.00000002'],
  ['-0.00000000000000123456789', '-0.00000000000000123456789', '-0.0000000000000012345679'],
  ['12345678901234567890.123456789', '12345678901234567890.123456789', '12345678901234567890.12345679'],
])('the amount %s stays a number, exact %s or rounded %s', (amount, exact, rounded) => {
  expect(fieldOf(parseDecimal(amount), true)).toBe(exact);
  expect(fieldOf(parseDecimal(amount), false)).toBe(rounded);
});

test('what is not known is an empty field, and every line ends as RFC 4180 wants it', () => {
  expect(csvOf([['c', undefined], [true]])).toBe('a,b\r\nc,\r\ntrue\r\n');
});

test('an account that holds nothing has a row without an asset if its last sync failed', () => {
  const rowsOf = (lastFailure: { readonly time: number; readonly message: string } | undefined) =>
    renderPortfolioCsv([portfolio('bybit', { holdings: [], lastFailure })], { currency: 'USD', exact: true })
      .split('\r\n')
      .slice(1, -1);
  expect(rowsOf(undefined)).toEqual([]);
  expect(rowsOf({ time: Date.UTC(2026, 0, 2), message: 'why' })).toEqual([
    'bybit,,,,,,,,,USD,last sync failed 2026-01-02T00:00:00.000Z: why',
  ]);
});
