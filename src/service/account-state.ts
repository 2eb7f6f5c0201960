import { type Account, hostOf } from '../models/account.js';
import type { StoredGap } from '../models/coverage.js';
import type { Entry } from '../models/account-event.js';
import type { Cursor } from '../models/events.js';
import type { Difference, Holding } from '../models/holdings.js';
import {
  fetchCursors,
  fetchFinalTransfers,
  fetchOpenTransfers,
  type TransferTime,
} from '../repository/account-state.js';
import { type AccountIdentity, fetchIdentity } from '../repository/accounts.js';
import { fetchGaps } from '../repository/coverage.js';
import { type CacheEntry, fetchCache } from '../repository/exchange-cache.js';
import { fetchDifferences } from '../repository/differences.js';
import { fetchEntries } from '../repository/stored-events.js';
import { fetchWasComplete } from '../repository/snapshots.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { fetchUnreadRecords } from '../repository/unread-records.js';
import { fetchWalletBalances, type StoredWallet } from '../repository/wallets.js';
import { readStored, type StoredSource } from './sync-context.js';
import { fetchHoldings } from '../repository/holdings.js';

export interface StoredAccount {
  readonly cursors: readonly Cursor[];
  readonly openTransfers: readonly TransferTime[];
  /** The oldest final deposit and withdrawal of the last 30 days. */
  readonly finalTransfers: readonly TransferTime[];
  /** Records that no run could interpret so far. */
  readonly unread: readonly StreamUnreadRecord[];
  readonly holdings: readonly Holding[];
  readonly walletBalances: readonly StoredWallet[];
  /** Undefined before the first sync of this version. */
  readonly identity: AccountIdentity | undefined;
  /** What could not be read in the last sync. */
  readonly gaps: readonly StoredGap[];
  /** What earlier syncs could not explain. */
  readonly differences: readonly Difference[];
  readonly openings: readonly Entry[];
  /** Whether a sync has ever read every wallet and stream. */
  readonly wasComplete: boolean;
  readonly cache: ReadonlyMap<string, CacheEntry>;
  /** Stored answers of the account's host, shared by its accounts. */
  readonly hostCache: ReadonlyMap<string, CacheEntry>;
}

/** An account before its first sync. */
export const EMPTY_ACCOUNT: StoredAccount = {
  cursors: [],
  openTransfers: [],
  finalTransfers: [],
  unread: [],
  holdings: [],
  walletBalances: [],
  identity: undefined,
  gaps: [],
  differences: [],
  openings: [],
  wasComplete: false,
  cache: new Map(),
  hostCache: new Map(),
};

/** Everything that earlier runs stored of an account, read over one connection. */
export async function fetchAccountState(source: StoredSource, account: Account): Promise<StoredAccount> {
  const { id } = account;
  return await readStored(source, EMPTY_ACCOUNT, async (sql) => {
    return {
      cursors: await fetchCursors(sql, id),
      openTransfers: await fetchOpenTransfers(sql, id),
      finalTransfers: await fetchFinalTransfers(sql, id),
      unread: await fetchUnreadRecords(sql, id),
      holdings: await fetchHoldings(sql, id),
      walletBalances: await fetchWalletBalances(sql, id),
      identity: await fetchIdentity(sql, id),
      gaps: await fetchGaps(sql, id),
      differences: await fetchDifferences(sql, id),
      openings: (await fetchEntries(sql, id)).filter(({ type }) => type === 'opening'),
      wasComplete: await fetchWasComplete(sql, id),
      cache: await fetchCache(sql, id),
      hostCache: await fetchCache(sql, hostOf(account)),
    };
  });
}
