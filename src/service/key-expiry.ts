import type { ClientCache, ExchangeClient, KeyRights } from '../client/exchange-client.js';
import type { Log } from '../models/log.js';
import type { CacheEntry } from '../repository/exchange-cache.js';

const KIND = 'key-expiry';
const ASKED_EVERY_MS = 86_400_000;

/**
 * Asks when the key expires, once a day, where nobody has asked for the key's rights; what the account's
 * sync is worth does not depend on it.
 */
export async function noteKeyExpiry(client: ExchangeClient, cache: ClientCache, log: Log): Promise<void> {
  if (cache.get(KIND) !== undefined) return;
  try {
    keepKeyExpiry(cache, await client.readKeyRights());
  } catch (error) {
    log('debug', `when the key expires is not known: ${String(error)}`);
  }
}

export function keepKeyExpiry(cache: ClientCache, { expiresAt }: KeyRights): void {
  cache.set(KIND, expiresAt === undefined ? {} : { expiresAt }, ASKED_EVERY_MS);
}

/** As it was last heard, in ms, however long ago: a key does not come to expire later. */
export function keyExpiryIn(cache: ReadonlyMap<string, CacheEntry>): number | undefined {
  const value = cache.get(KIND)?.value as { readonly expiresAt?: number } | undefined;
  return value?.expiresAt;
}
