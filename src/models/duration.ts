import { DAY_MS, HOUR_MS, MINUTE_MS } from './day.js';
import { count, grouped } from './text.js';

const SECOND_MS = 1_000;

const SECONDS = { name: 'second', symbol: 's', length: SECOND_MS };
/** Units with their length in ms, longest first. */
const UNITS = [
  { name: 'day', symbol: 'days', length: DAY_MS },
  { name: 'hour', symbol: 'h', length: HOUR_MS },
  { name: 'minute', symbol: 'min', length: MINUTE_MS },
  SECONDS,
];

const JUST_NOW_MS = 5 * SECOND_MS;

/** `3 minutes ago`; a time that lies ahead of a skewed clock is `just now`. */
export function ago(time: number, now: number): string {
  const age = now - time;
  if (age < JUST_NOW_MS) return 'just now';
  const { name, length } = UNITS.find((unit) => age >= unit.length) ?? SECONDS;
  return `${count(Math.floor(age / length), name)} ago`;
}

/** The longest unit of which it is a whole number: `30 days`, `36 hours`. */
export function wholeDuration(milliseconds: number): string {
  const unit = UNITS.find(({ length }) => milliseconds % length === 0);
  return unit ? count(milliseconds / unit.length, unit.name) : `${grouped(String(milliseconds))} ms`;
}

/** The longest unit that is at least 1, rounded: `2 days`. */
export function roughDuration(milliseconds: number): string {
  const { name, length } = UNITS.find((unit) => milliseconds >= unit.length) ?? SECONDS;
  return count(Math.round(milliseconds / length), name);
}

/** The longest unit that is at least 2, rounded and abbreviated: `90 s`, `36 h`, `12 days`. */
export function shortDuration(milliseconds: number): string {
  const roundedMs = Math.round(milliseconds / SECOND_MS) * SECOND_MS;
  const { symbol, length } = UNITS.find((unit) => roundedMs >= 2 * unit.length) ?? SECONDS;
  return `${Math.round(roundedMs / length)} ${symbol}`;
}

/** `340 ms`, `3.2 s`, `2 min 5 s` */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < SECOND_MS) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / SECOND_MS);
  if (seconds < 60) return `${(milliseconds / SECOND_MS).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
