import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { WalletBalance, WalletReading } from '../models/holdings.js';
import type { WalletAge } from '../models/portfolio.js';
import { amount, kept, localTime, message, optional, text } from './columns.js';
import { replacedRows, savedRows } from './saved-rows.js';
import { defineTable, fetchRecords, rowsOf } from './table.js';

/** A wallet that could not be read keeps the time of its last reading, with the reason. */
export const WALLETS = defineTable('wallets', ['wallet'], {
  wallet: text,
  readAt: kept(optional(localTime)),
  failure: optional(message()),
});

const BALANCES = defineTable('wallet_balances', ['wallet', 'rawCode'], {
  wallet: text,
  rawCode: text,
  asset: text,
  total: amount,
  borrowed: amount,
});

/** Readings as rows of JSON. */
export const walletRows = (readings: readonly WalletReading[]) => ({
  ...rowsOf(WALLETS, readings.map(walletOf)),
  ...rowsOf(
    BALANCES,
    readings.flatMap((reading) =>
      reading.status === 'read' ? reading.balances.map((one) => ({ wallet: reading.wallet, ...one })) : [],
    ),
  ),
});

const walletOf = (reading: WalletReading): WalletAge => ({
  wallet: reading.wallet,
  readAt: reading.status === 'read' ? reading.readAt : undefined,
  failure: reading.status === 'unreadable' ? reading.reason : undefined,
});

/** The part of a commit that stores them; balances of a wallet that could not be read stay. */
export const savedWallets = (sql: Sql) => sql`
  ${savedRows(sql, WALLETS)},
  ${replacedRows(sql, BALANCES, {
    remove: sql`old.wallet in (select wallet from given_wallets where read_at is not null)`,
  })}`;

/** When each wallet was last read, by name. */
export const fetchWallets = async (sql: Sql, account: AccountId): Promise<WalletAge[]> =>
  await fetchRecords(sql, WALLETS, account);

export interface StoredWallet {
  readonly wallet: string;
  readonly balances: readonly WalletBalance[];
}

/** The last good balances of each wallet. */
export async function fetchWalletBalances(sql: Sql, account: AccountId): Promise<StoredWallet[]> {
  const rows = await fetchRecords(sql, BALANCES, account);
  return [...new Set(rows.map(({ wallet }) => wallet))].map((name) => ({
    wallet: name,
    balances: rows.flatMap(({ wallet, ...balance }) => (wallet === name ? [balance] : [])),
  }));
}
