import type { Database } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import {
  fetchCursors,
  fetchEventPrices,
  fetchTrades,
  fetchTransfers,
  fetchWalletBalances,
} from '../repository/account-state.js';
import { fetchCache } from '../repository/exchange-cache.js';
import { fetchHoldings } from '../repository/portfolio.js';

export type StoredAccount = Awaited<ReturnType<typeof fetchAccountState>>;

/** An account before its first sync. */
export const EMPTY_ACCOUNT: StoredAccount = {
  cursors: [],
  trades: [],
  transfers: [],
  eventPrices: [],
  holdings: [],
  walletBalances: [],
  cache: new Map(),
};

/** All that earlier runs stored of an account, read over one connection. */
export async function fetchAccountState(database: Database, account: AccountId) {
  return await database.run(async (sql) => ({
    cursors: await fetchCursors(sql, account),
    trades: await fetchTrades(sql, account),
    transfers: await fetchTransfers(sql, account),
    eventPrices: await fetchEventPrices(sql, account),
    holdings: await fetchHoldings(sql, account),
    walletBalances: await fetchWalletBalances(sql, account),
    cache: await fetchCache(sql, account),
  }));
}
