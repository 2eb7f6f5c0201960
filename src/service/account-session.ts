import type { ExchangeClient } from '../client/exchange-client.js';
import { type Account, hostOf } from '../models/account.js';
import type { Log } from '../models/log.js';
import { verifyIdentity } from './account-identity.js';
import { fetchAccountState, type StoredAccount } from './account-state.js';
import { type OpenCache, openCache, storeCache } from './cache.js';
import { fetchKeyRights, type KeyState, withdrawalRefused } from './key-rights.js';
import { KnownParts } from './known-parts.js';
import { Parts } from './parts.js';
import type { SyncContext } from './sync-context.js';

/** An account while a run syncs it: what is stored of it, its client, and what its key can read. */
export interface AccountSession {
  readonly context: SyncContext;
  readonly account: Account;
  readonly stored: StoredAccount;
  readonly client: ExchangeClient;
  readonly cache: OpenCache;
  readonly key: KeyState;
  readonly parts: Parts;
  /** ms since 1970 */
  readonly startedAt: number;
}

/**
 * Opens an account for `work`, and stores afterwards what the exchange reported that later runs need; throws
 * before `work` if the key cannot be used or belongs to another account.
 */
export async function withAccountSession<T>(
  context: SyncContext,
  account: Account,
  work: (session: AccountSession) => Promise<T>,
): Promise<T> {
  const startedAt = Date.now();
  const stored = await fetchAccountState(context, account);
  const cache = openCache(stored.cache, startedAt);
  const hostCache = context.hostCaches(hostOf(account), stored.hostCache);
  try {
    const client = await openClient(context, account, hostCache);
    const key = await verifiedKey(context, account, { client, cache, stored });
    const known = new KnownParts(cache, `${hostOf(account)} ${key.hash}`, startedAt);
    const { signal, redact } = context;
    const parts = new Parts({ client, key, known, gaps: stored.gaps, signal, redact });
    return await work({ context, account, stored, client, cache, key, parts, startedAt });
  } finally {
    // Also after a failure: an exchange that banned this address must not be asked before the ban expires.
    if (!context.dryRun) {
      await storeCache(context, account.id, cache);
      await storeCache(context, hostOf(account), hostCache);
    }
  }
}

/** A client of an account; its log lines name the account. */
export async function openClient(
  context: SyncContext,
  account: Account,
  hostCache: OpenCache,
): Promise<ExchangeClient> {
  const { signal, deadline } = context;
  const log: Log = (level, message) => {
    context.log(level, `${account.id}: ${message}`, { account: account.id });
  };
  return await context.createClient(account, { hostCache, signal, deadline, log });
}

async function verifiedKey(
  context: SyncContext,
  account: Account,
  { client, cache, stored }: Pick<AccountSession, 'client' | 'cache' | 'stored'>,
): Promise<KeyState> {
  const key = await fetchKeyRights(client, account, cache);
  if (key.rights?.canWithdraw && !context.allowWithdrawKeys) throw withdrawalRefused(account);
  await verifyIdentity(context, account, client, { stored, key });
  return key;
}
