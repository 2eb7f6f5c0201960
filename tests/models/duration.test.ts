import { expect, test } from '@jest/globals';
import {
  ago,
  formatDuration,
  roughDuration,
  shortDuration,
  wholeDuration,
} from '../../src/models/duration.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

test.each([
  [0, '0 s'],
  [119_499, '119 s'],
  [119_500, '2 min'],
  [2 * HOUR_MS - SECOND_MS, '120 min'],
  [2 * HOUR_MS, '2 h'],
  [36 * HOUR_MS, '36 h'],
  [2 * DAY_MS, '2 days'],
  [730 * DAY_MS, '730 days'],
])('a check shows %i ms as %s', (milliseconds, expected) => {
  expect(shortDuration(milliseconds)).toBe(expected);
});

test('every form of a duration uses the same units', () => {
  expect([ago(0, 90 * MINUTE_MS), ago(0, 4_999), ago(DAY_MS, 0)]).toEqual([
    '1 hour ago',
    'just now',
    'just now',
  ]);
  expect([roughDuration(90 * MINUTE_MS), roughDuration(36 * HOUR_MS), roughDuration(400)]).toEqual([
    '2 hours',
    '2 days',
    '0 seconds',
  ]);
  expect([wholeDuration(36 * HOUR_MS), wholeDuration(30 * DAY_MS), wholeDuration(1_500)]).toEqual([
    '36 hours',
    '30 days',
    '1,500 ms',
  ]);
  expect([formatDuration(340), formatDuration(3_200), formatDuration(125 * SECOND_MS)]).toEqual([
    '340 ms',
    '3.2 s',
    '2 min 5 s',
  ]);
});
