import { isoDay } from '../models/day.js';
import { grouped } from './numbers.js';

const SECOND = 1_000;

/** From how many ms on a unit is used, largest first. */
const UNITS = [
  { name: 'day', length: 86_400 * SECOND },
  { name: 'hour', length: 3_600 * SECOND },
  { name: 'minute', length: 60 * SECOND },
  { name: 'second', length: SECOND },
] as const;

const JUST_NOW = 5 * SECOND;

/** `3 minutes ago`; a time that lies ahead of a skewed clock is `just now`. */
export function ago(time: number, now: number): string {
  const age = now - time;
  if (age < JUST_NOW) return 'just now';
  const unit = UNITS.find(({ length }) => age >= length) ?? UNITS[UNITS.length - 1];
  return `${count(Math.floor(age / (unit?.length ?? SECOND)), unit?.name ?? 'second')} ago`;
}

/** The longest unit of which it is a whole number: `30 days`, `36 hours`. */
export function wholeDuration(milliseconds: number): string {
  const unit = UNITS.find(({ length }) => milliseconds % length === 0);
  return unit ? count(milliseconds / unit.length, unit.name) : `${grouped(String(milliseconds))} ms`;
}

/** The longest unit that is at least 1, rounded: `2 days`. */
export function roughDuration(milliseconds: number): string {
  const unit = UNITS.find(({ length }) => milliseconds >= length) ?? { name: 'second', length: SECOND };
  return count(Math.round(milliseconds / unit.length), unit.name);
}

/** `340 ms`, `3.2 s`, `2 min 5 s` */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / SECOND);
  if (seconds < 60) return `${(milliseconds / SECOND).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 trade`, `1,200 trades`; Intl would do it too, but takes longer to start than all else that is shown. */
export function count(number: number, noun: string): string {
  return `${grouped(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}

const MAX_MINUTES_SPAN = 4 * 86_400 * SECOND;

/** The day, and within a few days the minute too. */
export function axisTime(time: number, span: number): string {
  return span > MAX_MINUTES_SPAN ? isoDay(time) : `${isoDay(time).slice(5)} ${minuteOf(time)}`;
}

/** `2026-01-31 12:00` in UTC. */
export const momentOf = (time: number): string => `${isoDay(time)} ${minuteOf(time)}`;

const minuteOf = (time: number): string => new Date(time).toISOString().slice(11, 16);
