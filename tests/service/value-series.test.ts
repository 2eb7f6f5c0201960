import { describe, expect, test } from '@jest/globals';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import type { Snapshot, ValueSeries } from '../../src/models/history.js';
import { accountSeries, totalSeries } from '../../src/service/value-series.js';

const HOUR_MS = 3_600_000;

/**
 * `1:5` is a snapshot at hour 1 of value 5, `1:~5` a partial one, `1:?` one of no known value, `1:5*` one
 * that leaves out GIFT; `a1:5` is of account a, and `a1:5+b1:6` are of one run.
 */
const snapshots = (text: string): readonly Snapshot[] =>
  text.split(' ').flatMap((run) => run.split('+').map((token) => snapshot(token, run)));

function snapshot(token: string, runId: string): Snapshot {
  const [, account = '', hour = '', partial, value = '', unpriced] =
    /^([a-z]?)(\d+):(~?)([\d.]+|\?)(\*?)$/.exec(token) ?? [];
  return {
    account,
    runId,
    takenAt: Number.parseInt(hour, 10) * HOUR_MS,
    complete: partial === '',
    value: value === '?' ? undefined : parseDecimal(value),
    unpriced: unpriced === '*' ? ['GIFT'] : [],
  };
}

/** Up to this hour: every snapshot, or one of each so many hours. */
const every = (now: number, count = 0) => ({ now: now * HOUR_MS, every: count * HOUR_MS });

/** `5-6` is a line from the point of value 5 to that of 6, `5 6` two points without one, `~6` is not complete. */
function drawn({ points }: ValueSeries): string {
  const tokens = points.map(({ complete, joined, value }) => {
    const text = value ? toText(value) : '?';
    return `${joined ? '-' : ' '}${complete ? '' : '~'}${text}`;
  });
  return tokens.join('').trimStart();
}

const hours = ({ gaps }: ValueSeries): string =>
  gaps.map(({ from, to }) => `${from / HOUR_MS}-${to / HOUR_MS}`).join(' ');

describe('the series of an account', () => {
  test.each([
    ['complete snapshots are connected', '1:5 2:6 3:7', 3, '5-6-7', ''],
    ['a few missing syncs are no gap', '1:5 2:6 5:7', 5, '5-6-7', ''],
    ['more than three usual pauses are', '1:5 2:6 3:7 7:8 8:9', 8, '5-6-7 8-9', '3-7'],
    ['the time since the last one too', '1:5 2:6', 9, '5-6', '2-9'],
    ['one much longer pause of two is a gap', '1:5 2:6 9:7', 9, '5-6 7', '2-9'],
    ['two of which nothing else is known are connected', '0:5 99:6', 99, '5-6', ''],
    ['a partial one stays beside the line', '1:5 2:~4 3:7', 3, '5 ~4-7', ''],
    ['partial ones alone fill no gap', '1:5 2:5 4:~4 9:7', 9, '5-5 ~4 7', '2-9'],
    ['an unknown value is none, never 0', '1:5 2:? 3:7', 3, '5 ?-7', ''],
    ['a value of 0 is known', '1:5 2:0', 2, '5-0', ''],
    ['a coin that loses its price is no loss', '1:5 2:4* 3:4*', 3, '5 4-4', ''],
    [
      'one a day is no gap where that is kept',
      '0:5 24:6 71:7 3000:8 3001:9 3002:9',
      3002,
      '5-6-7 8-9-9',
      '71-3000',
    ],
    ['a day without one is, there too', '0:5 49:6 3000:8 3001:9', 3001, '5 6 8-9', '0-49 49-3000'],
  ])('%s', (_, taken, now, line, gaps) => {
    const series = accountSeries(snapshots(taken), every(now));
    expect(drawn(series)).toBe(line);
    expect(hours(series)).toBe(gaps);
  });
});

describe('a series of sampled snapshots', () => {
  test.each([
    ['is connected over what is sampled', '1:5 26:6 47:7', 48, '5-6-7', ''],
    ['has a gap if more than one in a row is missing', '1:5 25:6 49:7 149:8', 150, '5-6-7 8', '49-149'],
  ])('%s', (_, taken, now, line, gaps) => {
    const series = accountSeries(snapshots(taken), every(now, 24));
    expect(drawn(series)).toBe(line);
    expect(hours(series)).toBe(gaps);
  });
});

describe('the total', () => {
  test.each([
    ['is one point a run', 'a1:5+b1:10 a2:6+b2:10.00000000000000000001', '15-16.00000000000000000001'],
    ['of runs of one account each it takes the newest of both', 'a1:5 b1:10 a2:6', '5 15-16'],
    ['that an account joins is no gain', 'a1:5 a2:5 b2:10', '5-5 15'],
    ['with an account that stopped syncing it is not complete', 'a1:5+b1:9 a2:5 a5:5', '14-14 ~14'],
    ['with a partial account it is not complete', 'a1:5+b1:9 b2:~8', '14 ~13'],
    ['of what one account has no price for it has no part', 'a1:?*+b1:9', '9'],
  ])('%s', (_, taken, line) => {
    expect(drawn(totalSeries(snapshots(taken), every(5)))).toBe(line);
  });

  test('of accounts that are synced apart is one a day where one a day is kept', () => {
    const old = 'a1:5 b2:10 a25:6 b26:11';
    expect(drawn(totalSeries(snapshots(old), every(26)))).toBe('5 15 16-17');
    expect(drawn(totalSeries(snapshots(old), every(3000)))).toBe('15-17');
  });

  test('of accounts that are synced apart is one for each time that is sampled, counted back from now', () => {
    const sampled = 'a1:5 b2:10 a25:6 b26:11';
    expect(drawn(totalSeries(snapshots(sampled), every(48, 24)))).toBe('15-17');
    expect(drawn(totalSeries(snapshots(sampled), every(26, 24)))).toBe('5 16-17');
  });

  test('names what it counts and what it leaves out', () => {
    const { points } = totalSeries(snapshots('b1:4+a1:?*'), every(1));
    expect(points).toMatchObject([{ accounts: ['a', 'b'], unpriced: ['GIFT'] }]);
  });
});
