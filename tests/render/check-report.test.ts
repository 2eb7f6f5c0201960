import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../src/models/check.js';
import { renderCheckReport } from '../../src/render/check-report.js';

const check = (more: Partial<CheckResult>): CheckResult => ({
  name: 'database',
  state: 'ok',
  message: 'it answers',
  remedy: undefined,
  performance: {},
  ...more,
});

const RESULTS: readonly CheckResult[] = [
  check({ performance: { time: '12ms' } }),
  check({
    name: 'exchange:bybit/sub1',
    state: 'critical',
    message: 'the key can withdraw, which no synchroniser needs and a thief would use',
    remedy: 'Make a key that can only read, and put it in its place:\n  chmod 600 .env after it',
  }),
];

const lines = (width: number): readonly string[] =>
  renderCheckReport(RESULTS, { colour: false, width, verbose: true, plugin: true }).trimEnd().split('\n');

describe('the report of check', () => {
  test('is a line a check, those of an account together, where nothing has to be wrapped', () => {
    expect(lines(Infinity)).toEqual([
      'CRITICAL: exchange:bybit/sub1: the key can withdraw, which no synchroniser needs and a thief would use | database.time=12ms',
      '✓  database  it answers',
      '',
      'bybit/sub1',
      '✗  exchange  the key can withdraw, which no synchroniser needs and a thief would use',
      '     Make a key that can only read, and put it in its place:',
      '       chmod 600 .env after it',
    ]);
  });

  test('wraps beside the names', () => {
    expect(lines(60).slice(1)).toEqual([
      '✓  database  it answers',
      '',
      'bybit/sub1',
      '✗  exchange  the key can withdraw, which no synchroniser',
      '             needs and a thief would use',
      '     Make a key that can only read, and put it in its place:',
      '       chmod 600 .env after it',
    ]);
  });

  test('wraps beside the names on a narrow terminal too', () => {
    expect(lines(40).slice(1)).toEqual([
      '✓  database  it answers',
      '',
      'bybit/sub1',
      '✗  exchange  the key can withdraw, which',
      '             no synchroniser needs and a',
      '             thief would use',
      '     Make a key that can only read, and',
      '     put it in its place:',
      '       chmod 600 .env after it',
    ]);
  });

  test('wraps below the names where there is no room beside them', () => {
    expect(lines(34).slice(1, 10)).toEqual([
      '✓  database',
      '   it answers',
      '',
      'bybit/sub1',
      '✗  exchange',
      '   the key can withdraw, which no',
      '   synchroniser needs and a thief',
      '   would use',
      '     Make a key that can only',
    ]);
  });

  test('keeps the line that monitoring reads whole', () => {
    expect(lines(40)[0]).toBe(lines(Infinity)[0]);
  });

  test('never breaks a word, which may be a path to copy', () => {
    const path = '/home/somebody/with/a/long/name/and/more/.env';
    const result = check({ state: 'warning', remedy: `chmod 600 ${path}` });
    expect(renderCheckReport([result], { colour: false, width: 30, verbose: true, plugin: true })).toContain(
      `\n     chmod 600\n     ${path}\n`,
    );
  });
});
