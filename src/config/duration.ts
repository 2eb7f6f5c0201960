import { DAY_MS, HOUR_MS, MINUTE_MS } from '../models/day.js';

const UNITS = { ms: 1, s: 1_000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;

/** A hundred years: further back or ahead there is nothing, and at last no date. */
const MAX_DURATION_MS = 36_525 * UNITS.d;

/** Milliseconds of `90s`, `45m`, `12h`, `30d`; undefined for anything else or nothing at all. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return undefined;
  const milliseconds = Number.parseInt(match[1] ?? '', 10) * UNITS[match[2] as keyof typeof UNITS];
  return milliseconds > 0 && milliseconds <= MAX_DURATION_MS ? milliseconds : undefined;
}
