import type { ClientCache } from '../client/exchange-client.js';
import type { Database } from '../database/with-database.js';
import type { Log } from '../models/log.js';
import { type CacheEntry, saveCache } from '../repository/exchange-cache.js';

export interface OpenCache extends ClientCache {
  readonly added: ReadonlyMap<string, CacheEntry>;
  /** Stores the entries that were added since the last call. */
  readonly store: (database: Database, owner: string) => Promise<void>;
}

/** Answers of the exchange that earlier runs stored and that are still valid, with those that this run adds. */
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
    // From now, not from the start of the run: otherwise a ban reported late in a long run would expire too early.
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

/** Stores the added entries of an account or host. A failure is only logged: what is missing is requested again. */
export async function storeCache(
  { database, log }: { readonly database: Database; readonly log: Log },
  owner: string,
  cache: OpenCache,
): Promise<void> {
  await cache.store(database, owner).catch((error: unknown) => {
    log('debug', `${owner}: answers worth keeping were not stored: ${String(error)}`);
  });
}

/** One cache per host, shared by the accounts of a run. */
export type HostCaches = (host: string, stored: ReadonlyMap<string, CacheEntry>) => OpenCache;

export function openHostCaches(now: number): HostCaches {
  const caches = new Map<string, OpenCache>();
  return (host, stored) => {
    const cache = caches.get(host) ?? openCache(stored, now);
    caches.set(host, cache);
    return cache;
  };
}
