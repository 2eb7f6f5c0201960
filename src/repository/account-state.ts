import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import type { Cursor, Stream } from '../models/events.js';
import type { WalletBalance } from '../models/holdings.js';
import { msOf } from './times.js';

export async function fetchCursors(sql: Sql, account: AccountId): Promise<Cursor[]> {
  const rows = await sql<CursorRow[]>`
    select stream, complete_until, window_from, window_to, page from exchange_sync.cursors where account = ${account}`;
  return rows.map(({ stream, complete_until, window_from, window_to, page }) => ({
    stream,
    completeUntil: msOf(complete_until),
    window:
      window_from && window_to && page !== null
        ? { from: msOf(window_from), to: msOf(window_to), page }
        : undefined,
  }));
}

/** Times (ms) of deposits and withdrawals that are still under way. */
export async function fetchOpenTransfers(sql: Sql, account: AccountId): Promise<TransferTime[]> {
  const rows = await sql<TransferTimeRow[]>`
    select type, time from exchange_sync.events
     where account = ${account} and type in ('deposit', 'withdrawal') and status = 'pending'`;
  return rows.map(transferTimeOf);
}

/** The oldest deposit and withdrawal of the last 30 days that arrived; what was taken back since is read again. */
export async function fetchFinalTransfers(sql: Sql, account: AccountId): Promise<TransferTime[]> {
  const rows = await sql<TransferTimeRow[]>`
    select type, min(time) as time from exchange_sync.events
     where account = ${account} and type in ('deposit', 'withdrawal') and status = 'done'
       and time > now() - interval '30 days' group by type`;
  return rows.map(transferTimeOf);
}

export interface TransferTime {
  readonly type: 'deposit' | 'withdrawal';
  readonly time: number;
}

interface TransferTimeRow {
  readonly type: TransferTime['type'];
  readonly time: Date;
}

const transferTimeOf = ({ type, time }: TransferTimeRow): TransferTime => ({ type, time: msOf(time) });

interface CursorRow {
  readonly stream: Stream;
  readonly complete_until: Date;
  readonly window_from: Date | null;
  readonly window_to: Date | null;
  readonly page: string | null;
}

export interface StoredWallet {
  readonly wallet: string;
  readonly balances: readonly WalletBalance[];
}

/** The last good balances of each wallet. */
export async function fetchWalletBalances(sql: Sql, account: AccountId): Promise<StoredWallet[]> {
  const rows = await sql<
    { wallet: string; asset: string; raw_code: string; total: string; borrowed: string }[]
  >`
    select wallet, asset, raw_code, total, borrowed
      from exchange_sync.wallet_balances where account = ${account}`;
  return [...new Set(rows.map(({ wallet }) => wallet))].map((wallet) => ({
    wallet,
    balances: rows
      .filter((row) => row.wallet === wallet)
      .map(({ asset, raw_code, total, borrowed }) => ({
        asset,
        rawCode: raw_code,
        total: parseDecimal(total),
        borrowed: parseDecimal(borrowed),
      })),
  }));
}
