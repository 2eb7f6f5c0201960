import type { Cursor, Stream } from '../models/events.js';
import type { CacheEntry } from '../repository/exchange-cache.js';
import type { StoredAccount } from './account-state.js';
import type { OpenCache } from './cache.js';
import { DAY_MS } from '../models/day.js';

/** A pending transfer is read again for this long; one that takes longer keeps its last state. */
const MAX_PENDING_MS = 30 * DAY_MS;

const LOOKED_BACK = 'looked-back';
const LOOK_BACK_EVERY_MS = DAY_MS;

/** Whether final records are due to be read again, as some may have been reversed since. */
export function isLookBackDue(cache: ReadonlyMap<string, CacheEntry>, now: number): boolean {
  return (cache.get(LOOKED_BACK)?.expiresAt ?? 0) <= now;
}

/** Remembers that this run has looked back, to be stored with its commit. */
export const keepLookBack = (cache: Pick<OpenCache, 'set'>): void => {
  cache.set(LOOKED_BACK, true, LOOK_BACK_EVERY_MS);
};

/**
 * Where a stream is resumed: no later than its oldest pending transfer nor, if it looks back, than the oldest
 * final one of the last `lookBackMs`.
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
    ...openTransfers.filter(({ time }) => time >= since(MAX_PENDING_MS)),
    ...finalTransfers.filter(({ time }) => time >= since(lookBackMs)),
  ]
    .filter(({ type }) => stream.startsWith(`${type}s`))
    .map(({ time }) => time);
  return { ...cursor, completeUntil: Math.min(cursor.completeUntil, ...times) };
}
