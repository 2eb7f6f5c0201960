import type { ClientCache } from '../client/exchange-client.js';
import type { Database } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type CacheEntry, saveCache } from '../repository/exchange-cache.js';
import type { SyncContext } from './sync-context.js';

export interface OpenCache extends ClientCache {
  /** Writes what the run added. */
  readonly store: (database: Database, account: AccountId) => Promise<void>;
}

/** What earlier runs kept of the exchange's answers and is still fresh, open for this run's additions. */
export function openCache(stored: ReadonlyMap<string, CacheEntry>, now: number): OpenCache {
  const added = new Map<string, CacheEntry>();
  return {
    get: (kind) => {
      const entry = added.get(kind) ?? stored.get(kind);
      return entry && entry.expiresAt > now ? entry.value : undefined;
    },
    set: (kind, value, timeToLiveMs) => void added.set(kind, { value, expiresAt: now + timeToLiveMs }),
    store: async (database, account) => {
      if (added.size > 0) await database.run((sql) => saveCache(sql, account, added));
    },
  };
}

/** What is not stored is asked for again: no reason to fail. */
export async function storeCache(
  { database, log }: Pick<SyncContext, 'database' | 'log'>,
  account: AccountId,
  cache: OpenCache,
): Promise<void> {
  await cache.store(database, account).catch((error: unknown) => {
    log('debug', `${account}: answers worth keeping were not stored: ${String(error)}`);
  });
}
