import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { ClientCache, ExchangeClient } from '../client/exchange-client.js';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { inShape, moment } from '../models/stored-json.js';
import type { CacheEntry } from '../repository/exchange-cache.js';

const KIND = 'key-rights';
/** Rights can be widened at the exchange; to ask a few times a day leaves the usual run its few requests. */
const ASKED_EVERY_MS = 6 * 3_600_000;

const keptRights = v.object({
  /** Of the key, which is itself never stored: another one is asked about at once. */
  hash: v.string(),
  canWithdraw: v.boolean(),
  /** Missing where it does not expire. */
  expiresAt: v.optional(moment),
});

type KeptRights = Readonly<v.InferOutput<typeof keptRights>>;

/** What the key may do, as it was heard a few hours ago or now; throws as the client does. */
export async function keyRights(
  client: ExchangeClient,
  { credentials }: Account,
  cache: ClientCache,
): Promise<KeptRights> {
  const hash = createHash('sha256').update(credentials.apiKey).digest('hex');
  const kept = inShape(keptRights, cache.get(KIND));
  if (kept?.hash === hash) return kept;
  const { canWithdraw, expiresAt } = await client.readKeyRights();
  const rights = { hash, canWithdraw, ...(expiresAt === undefined ? {} : { expiresAt }) };
  cache.set(KIND, rights, ASKED_EVERY_MS);
  return rights;
}

/** When the key expires, as it was last heard, in ms, however long ago: a key does not come to expire later. */
export function keyExpiryIn(cache: ReadonlyMap<string, CacheEntry>): number | undefined {
  return inShape(keptRights, cache.get(KIND)?.value)?.expiresAt;
}

/** Of a key that can withdraw: who steals it from here takes the coins. */
export const withdrawalRefused = ({ id }: Account): ExpectedError =>
  new ExpectedError('credentials', `the key of ${id} can withdraw, which this program never needs`, {
    fix: 'Replace it by a read-only key. To use it all the same: EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS=true',
  });
