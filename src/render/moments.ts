import { DAY_MS, isoDay } from '../models/day.js';

const MAX_MINUTES_SPAN_MS = 4 * DAY_MS;

/** The day, and within a few days the minute too. */
export function axisTime(time: number, span: number): string {
  return span > MAX_MINUTES_SPAN_MS ? isoDay(time) : `${isoDay(time).slice(5)} ${minuteOf(time)}`;
}

/** `2026-01-31 12:00` in UTC. */
export const momentOf = (time: number): string => `${isoDay(time)} ${minuteOf(time)}`;

const minuteOf = (time: number): string => new Date(time).toISOString().slice(11, 16);
