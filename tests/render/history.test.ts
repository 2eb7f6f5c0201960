import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import type { ValueHistory, ValuePoint, ValueSeries } from '../../src/models/history.js';
import { renderHistoryJson } from '../../src/render/json/history.js';
import { renderHistory, renderHistoryCsv } from './rendered.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 31, 12);
const FROM = NOW - 30 * DAY_MS;
const options = { colour: false, width: 60, privacy: false, currency: 'USD' };

const point = (day: number, value: string | undefined, more: Partial<ValuePoint> = {}): ValuePoint => ({
  time: FROM + day * DAY_MS,
  value: value === undefined ? undefined : parseDecimal(value),
  complete: true,
  accounts: ['bybit'],
  unpriced: [],
  joined: day > 0,
  ...more,
});

const history = (points: readonly ValuePoint[], more: Partial<ValueSeries> = {}): ValueHistory => ({
  from: FROM,
  to: NOW,
  asset: undefined,
  accounts: [{ account: 'bybit', series: { points, gaps: [], ...more } }],
  total: undefined,
  absent: [],
});

/** A value a day over 30 days. */
const DAILY = Array.from({ length: 31 }, (_, day) => point(day, String(60_000 + 500 * day)));
const partial = { complete: false, joined: false } as const;

/** The lines of the chart's field, without its axis. */
const field = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => /^ *\S* [┤│](.*)$/.exec(line)?.[1] ?? []);

describe('the chart', () => {
  test('has money at its side, time below and the change under it', () => {
    const text = renderHistory(history(DAILY), options);
    expect(text).toMatch(/^bybit {2}30 days, in USD, times in UTC\n/);
    expect(text).toMatch(/^75,000 ┤ +╭─+$/m);
    expect(text).toMatch(/^60,000 ┤─+╯$/m);
    expect(text).toMatch(/^ +2026-01-01 +2026-01-16 +2026-01-31$/m);
    expect(text).toContain('60,000.00 → 75,000.00 USD  +15,000.00, +25.00%');
    expect(text).toContain('Deposits and withdrawals are part of every change.');
  });

  test('of a time that no unit says whole tells its milliseconds', () => {
    const text = renderHistory({ ...history(DAILY), from: NOW - 1_500 }, options);
    expect(text).toMatch(/^bybit {2}1,500 ms, in USD/);
  });

  test.each([30, 40, 60, 100, 300])('fits into %i columns', (width) => {
    const points = [...DAILY, point(30, '1', partial)];
    const lines = renderHistory(history(points), { ...options, width }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(field(lines.join('\n')).length).toBeGreaterThanOrEqual(7);
  });

  test('has its name above the period where both together are too wide, as are characters of two columns', () => {
    const text = renderHistory({ ...history(DAILY), asset: '币安人生' }, { ...options, width: 47 });
    expect(text).toMatch(/^币安人生 of bybit\n30 days, in USD, times in UTC\n/);
  });

  test('leaves a gap blank and names it', () => {
    const points = DAILY.filter((_, day) => day < 10 || day > 19).map((it, at) =>
      at === 10 ? { ...it, joined: false } : it,
    );
    const gaps = [{ from: FROM + 9 * DAY_MS, to: FROM + 20 * DAY_MS }];
    const rows = field(renderHistory(history(points, { gaps }), options));
    const blank = Array.from({ length: 50 }, (_, at) => rows.every((row) => (row[at] ?? ' ') === ' '));
    expect(blank.filter(Boolean).length).toBeGreaterThan(14);
    expect(renderHistory(history(points, { gaps }), { ...options, width: 100 })).toContain(
      'Gap: no complete snapshot from 2026-01-10 12:00 to 2026-01-21 12:00 (11 days).',
    );
  });

  test('draws a value that is not known nowhere, least of all at 0', () => {
    const points = DAILY.map((it, day) => (day === 15 ? point(15, undefined, { joined: false }) : it));
    const text = renderHistory(history(points), { ...options, width: 100 });
    expect(text).toMatch(/^60,000 ┤/m);
    expect(text).not.toMatch(/^ +0\S* ┤/m);
    expect(text).toContain('1 snapshot of 31 not drawn: nothing in it had a price.');
    expect(renderHistory(history([point(1, undefined)]), options)).toContain('No value is known.');
  });

  test('sets partial snapshots beside the line', () => {
    const points = DAILY.map((it, day) => (day === 15 ? point(15, '61000', partial) : it));
    const text = renderHistory(history(points), { ...options, width: 100 });
    expect(field(text).join('').match(/×/g)).toHaveLength(1);
    expect(text).toContain('1 partial snapshot of 31 is not on the line (×): a wallet could not be read');
  });

  test('marks the snapshots where they are few', () => {
    const points = [point(0, '1', { joined: false }), point(30, '2')];
    const text = renderHistory(history(points), { ...options, width: 100 });
    expect(field(text).join('').match(/●/g)).toHaveLength(2);
    expect(text).toContain('● marks a snapshot; values in between are interpolated.');
  });

  test.each([
    ['one', [point(30, '66000')], /^66,000\.00 ┤●$/m],
    ['a flat line', [point(0, '5'), point(30, '5')], /^5\.00 ┤●─+●$/m],
    ['cents', [point(0, '0.001'), point(30, '0.004')], /^0\.0040 ┤/m],
    ['debts', [point(0, '-10'), point(30, '20')], /^-10 ┤●/m],
  ])('draws %s', (_, points, line) => {
    expect(renderHistory(history(points), { ...options, width: 80 })).toMatch(line);
  });

  test('shows with privacy changes alone', () => {
    const text = renderHistory(history(DAILY), { ...options, privacy: true });
    expect(text).toMatch(/^\+25\.00% ┤/m);
    expect(text).toMatch(/^ {2}0\.00% ┤/m);
    expect(text).not.toMatch(/6\d,\d{3}|75,000/);
    expect(renderHistory(history([point(1, '66000')]), { ...options, privacy: true })).not.toContain('66');
  });

  test('of one asset says so, and what else its changes hold', () => {
    const text = renderHistory({ ...history(DAILY), asset: 'BTC', absent: ['bybit/sub1'] }, options);
    expect(text).toMatch(/^BTC of bybit {2}30 days/);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Purchases, sales, deposits and withdrawals are part of every change.',
    );
    expect(text).toContain('No BTC in this period in bybit/sub1.');
    expect(renderHistoryCsv({ ...history(DAILY), asset: '=A1' }, { ...options, exact: true })).toContain(
      ",USD,'=A1\r\n",
    );
    expect(renderHistoryJson({ ...history(DAILY), asset: 'BTC' }, options)).toContain('"asset": "BTC"');
  });

  test('paints only when asked to', () => {
    const lit = renderHistory(history(DAILY), { ...options, colour: true });
    expect(lit).toContain('\u001b[36m');
    expect(renderHistory(history(DAILY), options)).not.toContain('\u001b');
  });
});

describe('several accounts', () => {
  const both = { accounts: ['bybit', 'bybit/sub1'] };
  const points = DAILY.map((it, day) => (day < 10 ? it : { ...it, ...both, joined: day !== 10 }));
  const several: ValueHistory = {
    ...history(DAILY),
    accounts: ['bybit', 'bybit/sub1'].map((account) => ({ account, series: { points: DAILY, gaps: [] } })),
    total: { points, gaps: [] },
    absent: ['bybit/old'],
  };
  const text = renderHistory(several, { ...options, width: 100 });

  test('are drawn as their total, which says whom it counts from when on', () => {
    expect(text).toContain('All 2 accounts');
    expect(text).toContain('bybit/sub1 is in the total from 2026-01-11 12:00 on');
    expect(text).toContain('No snapshot in this period of bybit/old: not included.');
  });

  test('whose first and last total differ in coverage have no change', () => {
    expect(text).toContain('not comparable');
    expect(text).not.toContain('%');
  });

  test('are each in json, their amounts as text', () => {
    expect(JSON.parse(renderHistoryJson(several, { currency: 'USD' }))).toMatchObject({
      schemaVersion: 1,
      from: '2026-01-01T12:00:00.000Z',
      to: '2026-01-31T12:00:00.000Z',
      accounts: [{ account: 'bybit', gaps: [] }, { account: 'bybit/sub1' }],
      absentAccounts: ['bybit/old'],
      total: { points: expect.arrayContaining([expect.objectContaining({ value: '60500' })]) as unknown },
    });
  });
});

test('json and csv have nothing in place of a value that is not known', () => {
  const points = [
    point(0, '12345678901234567890.123456789', { unpriced: ['=A1', 'B'] }),
    point(1, undefined, partial),
  ];
  expect(JSON.parse(renderHistoryJson(history(points), { currency: 'USD' }))).toMatchObject({
    accounts: [
      {
        points: [
          { value: '12345678901234567890.123456789', valueLeavesOut: ['=A1', 'B'], complete: true },
          { value: null, complete: false, joinedToPrevious: false },
        ],
      },
    ],
    total: null,
  });
  expect(renderHistoryCsv(history(points), { currency: 'USD', exact: true })).toBe(
    'account,time,value,complete,left_out,currency,asset\r\n' +
      "bybit,2026-01-01T12:00:00.000Z,12345678901234567890.123456789,true,'=A1 B,USD,\r\n" +
      'bybit,2026-01-02T12:00:00.000Z,,false,,USD,\r\n',
  );
});
