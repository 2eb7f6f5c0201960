import { DAY_MS, HOUR_MS } from './day.js';

/**
 * Of snapshots that are older than `age` (ms) one is kept in each `every` (ms), of younger ones all are; runs
 * that are older than their `age` are deleted.
 */
export const RETENTION = {
  hourly: { age: 14 * DAY_MS, every: HOUR_MS },
  daily: { age: 90 * DAY_MS, every: DAY_MS },
  runs: { age: 90 * DAY_MS },
} as const;

/** The length (ms) of the times of which one snapshot each is kept at `time`; 0 if all are. */
export function keptEvery(time: number, now: number): number {
  const { hourly, daily } = RETENTION;
  if (now - time > daily.age) return daily.every;
  return now - time > hourly.age ? hourly.every : 0;
}
