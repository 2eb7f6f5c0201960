import { schemaState } from '../database/migrate.js';
import type { Database } from '../database/with-database.js';
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
export async function fetchAccountState(database: Database, account: AccountId): Promise<StoredAccount> {
  return await database.run(async (sql) => {
    // Only a dry run comes here before the first migration.
    if ((await schemaState(sql)) === 'missing') return EMPTY_ACCOUNT;
    return {
      cursors: await fetchCursors(sql, account),
      openTransfers: await fetchOpenTransfers(sql, account),
      holdings: await fetchHoldings(sql, account),
      walletBalances: await fetchWalletBalances(sql, account),
      cache: await fetchCache(sql, account),
    };
  });
}
