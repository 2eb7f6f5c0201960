import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../src/models/check.js';
import { renderCheckReport } from '../../src/render/check-report.js';
import { pluginLine } from '../../src/render/check-status.js';

const check = (name: string, more: Partial<CheckResult> = {}): CheckResult => ({
  name,
  state: 'ok',
  message: 'it answers',
  remedy: undefined,
  performance: {},
  ...more,
});

/** 17 checks of each of 1,000 accounts, of which the last has a warning. */
const THOUSAND: readonly CheckResult[] = [
  check('database', { performance: { time: '12ms' } }),
  ...Array.from({ length: 1_000 }, (_, account) =>
    Array.from({ length: 17 }, (_, at) =>
      check(`subject${at}:bybit/account${account}`, {
        state: account === 999 && at === 3 ? 'warning' : 'ok',
        performance: { [`figure${at}`]: '123456s;;3900' },
      }),
    ),
  ).flat(),
];

describe('the line that monitoring reads', () => {
  test('has at most 4 KiB, the worst accounts first, and states how many are left out', () => {
    const line = pluginLine(THOUSAND);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(4_096);
    expect(line).toMatch(/^WARNING: subject3:bybit\/account999: it answers \| database\.time=12ms /);
    expect(line).toMatch(/ subject0:bybit\/account999\.figure0=123456s;;3900 /);
    expect(line).toMatch(/ accounts=1000 accounts_left_out=9\d\d$/);
  });

  test('has all perfdata if it fits, and a message of any length cut', () => {
    const line = pluginLine([
      check('disk', { state: 'critical', message: 'x'.repeat(100_000), performance: { free: '3MB' } }),
    ]);
    expect(line).toMatch(/^CRITICAL: disk: x+… \| disk\.free=3MB$/);
    expect(line.length).toBeLessThan(1_100);
  });
});

describe('the report for a person', () => {
  const report = (results: readonly CheckResult[], width = 80) =>
    renderCheckReport(results, { colour: false, width, verbose: false, plugin: false });

  test('has findings first, then the program, then a line for each account', () => {
    const results = [
      check('configuration'),
      check('database', { state: 'unknown', message: 'it is busy' }),
      check('lease:bybit'),
      check('drift:bybit', { state: 'warning', message: 'USDT -5', remedy: 'Look at it.' }),
      check('cost:bybit/sub1', { message: 'known for 62.10 %', information: true }),
      check('key:bybit/sub1'),
      check('key:okx', { state: 'skipped', message: 'not looked at' }),
      check('books:okx'),
    ];
    expect(report(results).trimEnd().split('\n')).toEqual([
      'UNKNOWN: 2 of 8 checks need attention',
      '',
      '?  database       it is busy',
      '',
      'bybit',
      '!  drift          USDT -5',
      '     Look at it.',
      '',
      '✓  configuration  it answers',
      '',
      '!  bybit: 1 of 2 checks passed',
      '✓  bybit/sub1: 2 checks passed',
      '✓  cost           known for 62.10 %',
      '✓  okx: 1 check passed, 1 skipped',
    ]);
  });

  test('of a thousand accounts has no more than a line for each that is well', () => {
    const lines = report(THOUSAND).trimEnd().split('\n');
    expect(lines[0]).toBe('WARNING: 1 of 17,001 checks needs attention');
    expect(lines.length).toBeLessThan(1_010);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
