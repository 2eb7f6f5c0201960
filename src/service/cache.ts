import type { ClientCache } from '../client/exchange-client.js';
import type { Database } from '../database/with-database.js';
import type { Log } from '../models/log.js';
import { type CacheEntry, saveCache } from '../repository/exchange-cache.js';

export interface OpenCache extends ClientCache {
  readonly added: ReadonlyMap<string, CacheEntry>;
  /** Writes what the run added since the last time. */
  readonly store: (database: Database, owner: string) => Promise<void>;
}

/** What earlier runs kept of the exchange's answers and is still fresh, open for this run's additions. */
export function openCache(stored: ReadonlyMap<string, CacheEntry>, now: number): OpenCache {
  const added = new Map<string, CacheEntry>();
  const unsaved = new Map<string, CacheEntry>();
  return {
    added,
    last: (kind) => (added.get(kind) ?? stored.get(kind))?.value,
    isNew: (kind) => added.has(kind),
    get: (kind) => {
      const entry = added.get(kind) ?? stored.get(kind);
      return entry && entry.expiresAt > now ? entry.value : undefined;
    },
    // From now, not from the run's beginning: a ban that a long run is told of would be over before its end.
    set: (kind, value, timeToLiveMs) => {
      const entry = { value, expiresAt: Date.now() + timeToLiveMs };
      added.set(kind, entry);
      unsaved.set(kind, entry);
    },
    store: async (database, owner) => {
      const entries = new Map(unsaved);
      if (entries.size === 0) return;
      await database.run((sql) => saveCache(sql, owner, entries));
      // Another account of the host may have added some meanwhile.
      for (const [kind, entry] of entries) if (unsaved.get(kind) === entry) unsaved.delete(kind);
    },
  };
}

/** Keeps what the run added, of an account or a host; what is not stored is asked for again: no reason to fail. */
export async function storeCache(
  { database, log }: { readonly database: Database; readonly log: Log },
  owner: string,
  cache: OpenCache,
): Promise<void> {
  await cache.store(database, owner).catch((error: unknown) => {
    log('debug', `${owner}: answers worth keeping were not stored: ${String(error)}`);
  });
}

/** What is kept of each host, one for all accounts of a run that ask it. */
export type HostCaches = (host: string, stored: ReadonlyMap<string, CacheEntry>) => OpenCache;

export function openHostCaches(now: number): HostCaches {
  const caches = new Map<string, OpenCache>();
  return (host, stored) => {
    const cache = caches.get(host) ?? openCache(stored, now);
    caches.set(host, cache);
    return cache;
  };
}
