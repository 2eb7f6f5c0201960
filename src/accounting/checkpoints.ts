import { HOUR_MS } from '../models/day.js';

/**
 * The checkpoints to keep, of those at these times (ms): the newest in each span before the newest of all; the
 * spans double from an hour on. A late event then costs at most twice the replay that it needs.
 */
export function keptCheckpoints(times: readonly number[]): ReadonlySet<number> {
  const newestFirst = [...new Set(times)].sort((a, b) => b - a);
  const [newest] = newestFirst;
  const spans = new Map<number, number>();
  for (const time of newestFirst) {
    const age = (newest ?? time) - time;
    const span = age === 0 ? 0 : Math.max(1, Math.ceil(Math.log2(age / HOUR_MS)) + 1);
    if (!spans.has(span)) spans.set(span, time);
  }
  return new Set(spans.values());
}
