import type { AccountId } from '../models/account.js';
import type { Cursor } from '../models/events.js';
import type { Holding } from '../models/holdings.js';
import {
  fetchCursors,
  fetchOpenTransfers,
  fetchWalletBalances,
  type OpenTransfer,
  type StoredWallet,
} from '../repository/account-state.js';
import { type CacheEntry, fetchCache } from '../repository/exchange-cache.js';
import { readStored, type StoredSource } from './sync-context.js';
import { fetchHoldings } from '../repository/portfolio.js';

export interface StoredAccount {
  readonly cursors: readonly Cursor[];
  readonly openTransfers: readonly OpenTransfer[];
  readonly holdings: readonly Holding[];
  readonly walletBalances: readonly StoredWallet[];
  readonly cache: ReadonlyMap<string, CacheEntry>;
}

/** An account before its first sync. */
export const EMPTY_ACCOUNT: StoredAccount = {
  cursors: [],
  openTransfers: [],
  holdings: [],
  walletBalances: [],
  cache: new Map(),
};

/** All that earlier runs stored of an account, read over one connection. */
export async function fetchAccountState(source: StoredSource, account: AccountId): Promise<StoredAccount> {
  return await readStored(source, EMPTY_ACCOUNT, async (sql) => {
    return {
      cursors: await fetchCursors(sql, account),
      openTransfers: await fetchOpenTransfers(sql, account),
      holdings: await fetchHoldings(sql, account),
      walletBalances: await fetchWalletBalances(sql, account),
      cache: await fetchCache(sql, account),
    };
  });
}
