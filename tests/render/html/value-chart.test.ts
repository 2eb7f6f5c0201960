import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../../src/models/decimal.js';
import type { Gap } from '../../../src/models/history.js';
import { valueChart } from '../../../src/render/formats/html/value-chart.js';
import type { ChartPoint } from '../../../src/render/document.js';
import { formatTick } from '../../../src/render/numbers.js';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 1);

const point = (day: number, value: string, mark: ChartPoint['mark'] = 'joined'): ChartPoint => ({
  time: FROM + day * DAY_MS,
  value: parseDecimal(value),
  mark,
});
const chart = (points: readonly ChartPoint[], gaps: readonly Gap[] = []): string =>
  valueChart({ points, label: formatTick, gaps }, 'd').toString();
const pathsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/class="line" d="([^"]*)"/g)].map(([, path = '']) => path);
const count = (svg: string, part: string): number => svg.split(part).length - 1;

describe('the line', () => {
  test('goes from the first time at the left to the last at the right, its height between two marks', () => {
    const svg = chart([point(0, '60000', 'line'), point(5, '75000'), point(10, '67500')]);
    expect(pathsOf(svg)).toEqual(['M0 100L50 0L100 50']);
    expect(svg).toContain('>60,000</text>');
    expect(svg).toContain('>75,000</text>');
    expect(svg).toContain('>2026-01-01</text>');
    expect(svg).toContain('>2026-01-11</text>');
  });

  test('is not drawn over a gap, which is hatched within the time that is shown', () => {
    const points = [point(0, '1', 'line'), point(1, '2'), point(7, '2', 'line'), point(10, '3')];
    const svg = chart(points, [
      { from: FROM + DAY_MS, to: FROM + 7 * DAY_MS },
      { from: FROM + 10 * DAY_MS, to: FROM + 12 * DAY_MS },
    ]);
    expect(pathsOf(svg)).toHaveLength(2);
    expect(svg.match(/<rect[^>]*fill="url\(#hatch\)"/g)).toHaveLength(1);
    expect(svg).toMatch(/<rect\s+x="10%"\s+y="12"\s+width="60%"/);
  });

  test('goes past a partial snapshot, which stands beside it', () => {
    const svg = chart([point(0, '60', 'line'), point(5, '10', 'beside'), point(10, '70')]);
    expect(pathsOf(svg)).toEqual([expect.stringMatching(/^M0 [\d.]+L100 [\d.]+$/)]);
    expect(count(svg, 'class="cross"')).toBe(1);
    expect(count(svg, 'class="point"')).toBe(2);
  });

  test('of many snapshots marks those alone that it does not reach', () => {
    const many = Array.from({ length: 100 }, (_, at) =>
      point(at, String(at), at === 50 || at === 51 ? 'line' : 'joined'),
    );
    expect(count(chart(many), 'class="point"')).toBe(1);
    expect(pathsOf(chart(many))).toHaveLength(2);
  });

  test('of a snapshot every five minutes for a year is short, and keeps every high and low', () => {
    const many = Array.from({ length: 105_120 }, (_, at) =>
      point(at / 288, at === 60_001 ? '9' : at === 60_002 ? '1' : '5', at === 0 ? 'line' : 'joined'),
    );
    const [path = ''] = pathsOf(chart(many));
    expect(path.length).toBeLessThan(40_000);
    expect(path).toMatch(/L57\.08 10L57\.08 90L/);
  });

  test('of one snapshot is a point', () => {
    const svg = chart([point(0, '66000', 'line')]);
    expect(pathsOf(svg)).toEqual([]);
    expect(svg).toContain('cx="50%"');
    expect(svg).not.toContain('NaN');
  });
});
