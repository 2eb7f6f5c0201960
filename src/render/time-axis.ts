import { DAY_MS, isoDay } from '../models/day.js';

const SPACE = 3;

/** A line with marks and a line with their times in UTC: the first, the last, and where there is room the middle. */
export function timeAxis(
  { from, to }: { readonly from: number; readonly to: number },
  columns: number,
): readonly [marks: string, times: string] {
  const first = axisTime(from, to - from);
  if (from === to) return ['┬'.padEnd(columns, '─'), first];
  const last = axisTime(to, to - from);
  const middle = axisTime((from + to) / 2, to - from);
  const half = Math.floor((columns - 1) / 2);
  const left = half - Math.floor(middle.length / 2);
  const room = left - first.length >= SPACE && columns - last.length - (left + middle.length) >= SPACE;
  const marks = Array.from({ length: columns }, (_, at) =>
    at === 0 || at === columns - 1 || (room && at === half) ? '┬' : '─',
  );
  if (first.length + last.length >= columns) return [marks.join(''), first];
  const beginning = room ? first.padEnd(left) + middle : first;
  return [marks.join(''), `${beginning.padEnd(columns - last.length)}${last}`];
}

/** The day, and within a few days the minute too. */
export function axisTime(time: number, span: number): string {
  return span > 4 * DAY_MS ? isoDay(time) : `${isoDay(time).slice(5)} ${minuteOf(time)}`;
}

/** `2026-01-31 12:00` in UTC. */
export const momentOf = (time: number): string => `${isoDay(time)} ${minuteOf(time)}`;

const minuteOf = (time: number): string => new Date(time).toISOString().slice(11, 16);
