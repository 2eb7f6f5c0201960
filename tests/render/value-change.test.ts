import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import type { Snapshot } from '../../src/models/history.js';
import { shareBar, sparkline } from '../../src/render/bars.js';
import { changeNotes, valueChanges } from '../../src/render/documents/value-changes.js';
import { renderTerminal } from '../../src/render/formats/terminal.js';
import { SPANS, valueChange } from '../../src/accounting/value-change.js';
import { recentValues } from '../../src/accounting/value-change.js';

const NOW = Date.UTC(2026, 0, 9);
const HOUR_MS = 3_600_000;

const snapshot = (hoursAgo: number, value: string | undefined, more: Partial<Snapshot> = {}): Snapshot => ({
  account: 'bybit',
  runId: String(hoursAgo),
  takenAt: NOW - hoursAgo * HOUR_MS,
  complete: true,
  value: value === undefined ? undefined : parseDecimal(value),
  unpriced: [],
  ...more,
});
const WEEK = [snapshot(168, '500'), snapshot(25, '900'), snapshot(24, '1000'), snapshot(1, '1100')];

describe('how a value changed', () => {
  const [day, week] = SPANS;
  const change = (
    recent: readonly Snapshot[],
    span = day as (typeof SPANS)[number],
    accounts = ['bybit'],
  ) => {
    const found = valueChange(accounts, recent, span, NOW);
    return found && `${found.change.toString()} ${found.percent?.toString() ?? 'none'}`;
  };

  test.each<[string, readonly Snapshot[], string | undefined]>([
    ['is against the newest snapshot that is old enough', WEEK, '100 10'],
    ['takes one that is somewhat older', [snapshot(29.5, '1000'), snapshot(1, '900')], '-100 -10'],
    ['is not known where that is much older', [snapshot(31, '1000'), snapshot(1, '900')], undefined],
    ['is not known without one before', [snapshot(23, '1000'), snapshot(1, '900')], undefined],
    ['is not known where nothing newer was found', [snapshot(48, '1000'), snapshot(24, '900')], undefined],
    ['is not known without any', [], undefined],
    [
      'passes over a partial one',
      [snapshot(25, '1000'), snapshot(24, '5', { complete: false }), snapshot(1, '900')],
      '-100 -10',
    ],
    [
      'is not known where the newest is partial',
      [snapshot(24, '1000'), snapshot(1, '900', { complete: false })],
      undefined,
    ],
    ['is not known where the value now is not', [snapshot(24, '1000'), snapshot(1, undefined)], undefined],
    [
      'never takes a lost price for a loss',
      [snapshot(24, '1000'), snapshot(1, '900', { unpriced: ['GIFT'] })],
      undefined,
    ],
    ['has no share of nothing', [snapshot(24, '0'), snapshot(1, '900')], '900 none'],
  ])('%s', (_, recent, expected) => {
    expect(change(recent)).toBe(expected);
  });

  test('over a week, and of several accounts only where each is known', () => {
    expect(change(WEEK, week)).toBe('600 120');
    const sub = { account: 'bybit/sub1' };
    const both = [...WEEK, snapshot(25, '1000', sub), snapshot(1, '1', sub)];
    expect(change(both, day, ['bybit', 'bybit/sub1'])).toBe('-899 -44.95');
    expect(change(both, week, ['bybit', 'bybit/sub1'])).toBeUndefined();
    expect(change(WEEK, day, ['bybit', 'okx'])).toBeUndefined();
  });
});

describe('the line of the last seven days', () => {
  test('has the newest value of each quarter of a day, and nothing where none is known', () => {
    const values = recentValues(['bybit'], [...WEEK, snapshot(169, '9'), snapshot(0.5, '1000')], NOW);
    expect(values.map((value) => value?.toString() ?? '').join()).toBe(`${','.repeat(23)}1000,,,,1000`);
    expect(recentValues(['bybit', 'okx'], WEEK, NOW).every((value) => value === undefined)).toBe(true);
  });

  test.each([
    ['1 2 3 4 5 6 7 8', '▁▂▃▄▅▆▇█'],
    ['0 - 1000000000000000000000', '▁\u00a0█'],
    ['- - 1 - - 2 -', '▁\u00a0\u00a0█'],
    ['5 5 - 5', '▄▄\u00a0▄'],
    ['-3 4', '▁█'],
    ['7', ''],
    ['- -', ''],
  ])('%s is %s', (texts, line) => {
    expect(sparkline(texts.split(' ').map((text) => (text === '-' ? undefined : parseDecimal(text))))).toBe(
      line,
    );
  });
});

test.each([
  ['100', '████████'],
  ['50', '████'],
  ['51', '████▏'],
  ['0.0001', '▏'],
  ['250', '████████'],
  ['0', ''],
  ['-20', ''],
])('a share of %s %% is the bar %s', (percent, bar) => {
  expect(shareBar(parseDecimal(percent))).toBe(bar);
});

describe('the lines about it', () => {
  const withFlows = (flows: string | undefined) =>
    WEEK.map((one) => ({ ...one, netFlowsSince: flows === undefined ? undefined : parseDecimal(flows) }));
  const lines = (width: number, recent: readonly Snapshot[], privacy = false, colour = false) =>
    renderTerminal(
      {
        title: '',
        about: '',
        now: NOW,
        sections: [{ meta: [], intro: valueChanges(['bybit'], { now: NOW, privacy, recent }), blocks: [] }],
        records: () => ({ keys: [], rows: [] }),
      },
      { width, colour },
    )
      .trimEnd()
      .split('\n');
  const LINE = `▁${'\u00a0'.repeat(3)}█`;

  test('have the gain without flows, and below it the value where that differs', () => {
    expect(lines(120, withFlows('0'))).toEqual([
      `Gain over 24 h +100.00 (+10.00%), over 7 d +600.00 (+120.00%)  ${LINE}`,
    ]);
    expect(lines(120, withFlows('250'))).toEqual([
      `Gain over 24 h -150.00 (-12.00%), over 7 d +350.00 (+46.67%)  ${LINE}`,
      'Value over 24 h +100.00 (+10.00%), over 7 d +600.00 (+120.00%)',
    ]);
    expect(lines(120, withFlows('-250'))[0]).toContain('Gain over 24 h +350.00 (+35.00%), ');
  });

  test('colour the gain, never the value', () => {
    const [gain = '', value = ''] = lines(120, withFlows('250'), false, true);
    expect(gain).toContain('\u001b[31m-150.00 (-12.00%)\u001b[39m');
    expect(value).not.toContain('\u001b');
  });

  test('have — for a gain whose flows cannot be valued, and say why', () => {
    expect(lines(120, withFlows(undefined))).toEqual([
      `Gain over 24 h —, over 7 d —  ${LINE}`,
      'Value over 24 h +100.00 (+10.00%), over 7 d +600.00 (+120.00%)',
    ]);
    const settings = { now: NOW, recent: withFlows(undefined) };
    expect(changeNotes(['bybit'], settings)).toHaveLength(2);
    expect(changeNotes(['bybit'], { ...settings, recent: withFlows('1') })).toHaveLength(1);
    expect(changeNotes(['bybit'], { ...settings, recent: [] })).toEqual([]);
  });

  test.each([20, 40, 80, 120])('fit into %i columns, no number broken', (width) => {
    const large = withFlows('250').map((one) => ({ ...one, value: one.value?.times(1_000_000) }));
    const shown = lines(width, large);
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(shown.join('\n')).toContain('+99,999,750.00');
    expect(shown.join('\n')).toContain('█');
  });

  test('have no amount with privacy, and — where nothing is known', () => {
    expect(lines(120, withFlows('0'), true)[0]).toMatch(/^Gain over 24 h \+10\.00%, over 7 d \+120\.00% {2}/);
    expect(lines(120, [])).toEqual(['Gain over 24 h —, over 7 d —']);
  });
});
