import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { ClientCache, ExchangeClient, KeyRights } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import type { Part } from '../models/coverage.js';
import { inShape, moment } from '../models/stored-json.js';
import type { CacheEntry } from '../repository/exchange-cache.js';
import { confirmKey } from './confirm-key.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

const KIND = 'key-rights';
/** Rights can change at the exchange; a few requests a day keep most runs short. */
const ASKED_EVERY_MS = 6 * HOUR_MS;

const keptRights = v.object({
  /** Hash of the key, which is itself never stored; the rights of another key are requested at once. */
  hash: v.string(),
  canTrade: v.boolean(),
  canWithdraw: v.boolean(),
  missing: v.array(v.string()),
  unavailable: v.array(v.custom<Part>((part) => typeof part === 'string')),
  /** Undefined if the key does not expire. */
  expiresAt: v.optional(moment),
});

type KeptRights = Readonly<v.InferOutput<typeof keptRights>>;

/** What is known of an account's key in a run. */
export interface KeyState {
  /** SHA-256 of the API key, hex, which identifies the key without storing it. */
  readonly hash: string;
  /** Undefined if the exchange does not report them. */
  readonly rights: KeptRights | undefined;
  /** True if the exchange accepted the key in this run. */
  readonly fresh: boolean;
  /** The exchange's own id of the account, if it was reported in this run. */
  readonly accountId: string | undefined;
}

export const hashOfKey = ({ credentials }: Account): string =>
  createHash('sha256').update(credentials.apiKey).digest('hex');

/**
 * The rights of the key, reported a few hours ago or now; unknown if this host or environment does not report
 * them. Throws if the key is refused or the exchange does not answer.
 */
export async function fetchKeyRights(
  client: ExchangeClient,
  account: Account,
  cache: ClientCache,
): Promise<KeyState> {
  const hash = hashOfKey(account);
  const kept = inShape(keptRights, cache.get(KIND));
  // A right that was missing may have been added since.
  if (kept?.hash === hash && kept.missing.length === 0) {
    return { hash, rights: kept, fresh: false, accountId: undefined };
  }
  const { reported, fresh } = await reportedRights(client);
  if (!reported) return { hash, rights: undefined, fresh, accountId: undefined };
  const { canTrade, canWithdraw, missing, unavailable, expiresAt } = reported;
  const rights = {
    ...{ hash, canTrade, canWithdraw, missing: [...missing], unavailable: [...unavailable] },
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  cache.set(KIND, rights, ASKED_EVERY_MS);
  return { hash, rights, fresh: true, accountId: reported.accountId };
}

/** A host that does not report them may still accept the key. */
async function reportedRights(
  client: ExchangeClient,
): Promise<{ readonly reported: KeyRights | undefined; readonly fresh: boolean }> {
  try {
    const reported = await client.readKeyRights();
    return { reported, fresh: reported !== undefined };
  } catch (error) {
    if (!(error instanceof PartFailure) || error.status === 'failed') throw error;
    await confirmKey(client, error);
    return { reported: undefined, fresh: true };
  }
}

const TRADING_KIND = 'trading-key';
const TEN_YEARS_MS = 3_650 * DAY_MS;

/** Remembers a key that can trade if no stored run has reported it. */
export function rememberTradingKey(cache: ClientCache, { hash, rights }: KeyState): void {
  if (rights?.canTrade && cache.get(TRADING_KIND) !== hash) cache.set(TRADING_KIND, hash, TEN_YEARS_MS);
}

/** Whether a run has remembered its key as one that can trade, and so must report it. */
export const isNewTradingKey = (remembered: ReadonlyMap<string, CacheEntry>): boolean =>
  remembered.has(TRADING_KIND);

/** When the key expires, ms, as last reported, however long ago: the expiry of a key does not move. */
export function keyExpiryIn(cache: ReadonlyMap<string, CacheEntry>): number | undefined {
  return inShape(keptRights, cache.get(KIND)?.value)?.expiresAt;
}

/** A key with withdrawal permission is refused: a thief of the key could withdraw the coins. */
export const withdrawalRefused = ({ id }: Account): ExpectedError =>
  new ExpectedError('credentials', `the ${id} key has withdrawal permission, which is not needed`, {
    fix: 'Replace it with a read-only key. To use it anyway: EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS=true',
  });
