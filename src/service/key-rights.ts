import { createHash } from 'node:crypto';
import type { ClientCache, ExchangeClient } from '../client/exchange-client.js';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import type { CacheEntry } from '../repository/exchange-cache.js';

const KIND = 'key-rights';
/** Rights can be widened at the exchange; to ask a few times a day leaves the usual run its few requests. */
const ASKED_EVERY_MS = 6 * 3_600_000;

interface KeptRights {
  /** Of the key, which is itself never stored: another one is asked about at once. */
  readonly hash: string;
  readonly canWithdraw: boolean;
  /** ms since 1970; missing where it does not expire. */
  readonly expiresAt?: number;
}

/** Throws 'credentials' where the account's key can withdraw: who steals it from here takes the coins. */
export async function refuseWithdrawal(
  client: ExchangeClient,
  account: Account,
  cache: ClientCache,
): Promise<void> {
  if ((await keyRights(client, account, cache)).canWithdraw) throw refused(account);
}

/** What the key may do, as it was heard a few hours ago or now; throws as the client does. */
export async function keyRights(
  client: ExchangeClient,
  { credentials }: Account,
  cache: ClientCache,
): Promise<KeptRights> {
  const hash = createHash('sha256').update(credentials.apiKey).digest('hex');
  const kept = cache.get(KIND) as KeptRights | undefined;
  if (kept?.hash === hash) return kept;
  const { canWithdraw, expiresAt } = await client.readKeyRights();
  const rights = { hash, canWithdraw, ...(expiresAt === undefined ? {} : { expiresAt }) };
  cache.set(KIND, rights, ASKED_EVERY_MS);
  return rights;
}

/** When the key expires, as it was last heard, in ms, however long ago: a key does not come to expire later. */
export function keyExpiryIn(cache: ReadonlyMap<string, CacheEntry>): number | undefined {
  return (cache.get(KIND)?.value as KeptRights | undefined)?.expiresAt;
}

const refused = ({ id }: Account): ExpectedError =>
  new ExpectedError('credentials', `the key of ${id} can withdraw, which this program never needs`, {
    fix: 'Replace it by a read-only key. To use it all the same: EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS=true',
  });
