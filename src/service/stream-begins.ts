import type { Cursor, Stream } from '../models/events.js';
import type { CacheEntry } from '../repository/exchange-cache.js';
import type { StoredAccount } from './account-state.js';
import type { OpenCache } from './cache.js';
import { DAY_MS } from '../models/day.js';

/** How long a transfer is looked for again until it is done; one that takes longer is read as it was last. */
const LONGEST_PENDING_MS = 30 * DAY_MS;

const LOOKED_BACK = 'looked-back';
const LOOK_BACK_EVERY_MS = DAY_MS;

/** Whether final records are due to be read again, for those that were taken back since. */
export function isLookBackDue(cache: ReadonlyMap<string, CacheEntry>, now: number): boolean {
  return (cache.get(LOOKED_BACK)?.expiresAt ?? 0) <= now;
}

/** Notes that this run has looked back; to be kept with its commit. */
export const keepLookBack = (cache: Pick<OpenCache, 'set'>): void => {
  cache.set(LOOKED_BACK, true, LOOK_BACK_EVERY_MS);
};

/**
 * Where a stream goes on: no later than its oldest transfer that is still under way, nor, if it looks back,
 * than the oldest final one of the last `lookBackMs`.
 */
export function beginOf(
  stream: Stream,
  { cursors, openTransfers, finalTransfers }: StoredAccount,
  lookBackMs: number,
): Cursor | undefined {
  const cursor = cursors.find((candidate) => candidate.stream === stream);
  if (!cursor) return undefined;
  const since = (ms: number) => cursor.completeUntil - ms;
  const times = [
    ...openTransfers.filter(({ time }) => time >= since(LONGEST_PENDING_MS)),
    ...finalTransfers.filter(({ time }) => time >= since(lookBackMs)),
  ]
    .filter(({ type }) => stream.startsWith(`${type}s`))
    .map(({ time }) => time);
  return { ...cursor, completeUntil: Math.min(cursor.completeUntil, ...times) };
}
