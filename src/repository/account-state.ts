import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import type { Cursor, Fee, Stream, Trade, Transfer, TransferStatus } from '../models/events.js';
import type { WalletBalance } from '../models/holdings.js';
import type { EventPrice } from '../models/pool.js';
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

interface CursorRow {
  readonly stream: Stream;
  readonly complete_until: Date;
  readonly window_from: Date | null;
  readonly window_to: Date | null;
  readonly page: string | null;
}

/** All trades of the account, oldest first, without their raw records. */
export async function fetchTrades(sql: Sql, account: AccountId): Promise<Trade[]> {
  const rows = await sql<TradeRow[]>`
    select symbol, trade_id, order_id, base, quote, side, amount, price, value, fee_asset, fee_amount, time
      from exchange_sync.trades where account = ${account} order by time, trade_id`;
  return rows.map((row) => ({
    id: row.trade_id,
    orderId: row.order_id ?? undefined,
    symbol: row.symbol,
    base: row.base,
    quote: row.quote,
    side: row.side,
    amount: parseDecimal(row.amount),
    price: parseDecimal(row.price),
    value: parseDecimal(row.value),
    fee: feeOf(row),
    time: msOf(row.time),
    raw: undefined,
  }));
}

interface FeeColumns {
  readonly fee_asset: string | null;
  readonly fee_amount: string | null;
}

interface TradeRow extends FeeColumns {
  readonly symbol: string;
  readonly trade_id: string;
  readonly order_id: string | null;
  readonly base: string;
  readonly quote: string;
  readonly side: 'buy' | 'sell';
  readonly amount: string;
  readonly price: string;
  readonly value: string;
  readonly time: Date;
}

const feeOf = ({ fee_asset, fee_amount }: FeeColumns): Fee | undefined =>
  fee_asset !== null && fee_amount !== null
    ? { asset: fee_asset, amount: parseDecimal(fee_amount) }
    : undefined;

/** All deposits and withdrawals of the account, oldest first, without their raw records. */
export async function fetchTransfers(sql: Sql, account: AccountId): Promise<Transfer[]> {
  const rows = await sql<TransferRow[]>`
    select direction, transfer_id, asset, amount, fee_asset, fee_amount, status, network, txid, time
      from exchange_sync.transfers where account = ${account} order by time, transfer_id`;
  return rows.map((row) => ({
    id: row.transfer_id,
    direction: row.direction,
    asset: row.asset,
    amount: parseDecimal(row.amount),
    fee: feeOf(row),
    status: row.status,
    network: row.network ?? undefined,
    txid: row.txid ?? undefined,
    time: msOf(row.time),
    raw: undefined,
  }));
}

interface TransferRow extends FeeColumns {
  readonly direction: 'deposit' | 'withdrawal';
  readonly transfer_id: string;
  readonly asset: string;
  readonly amount: string;
  readonly status: TransferStatus;
  readonly network: string | null;
  readonly txid: string | null;
  readonly time: Date;
}

export async function fetchEventPrices(sql: Sql, account: AccountId): Promise<EventPrice[]> {
  const rows = await sql<{ asset: string; time: Date; price: string; source: string }[]>`
    select asset, time, price, source from exchange_sync.event_prices where account = ${account}`;
  return rows.map(({ asset, time, price, source }) => ({
    asset,
    time: msOf(time),
    price: parseDecimal(price),
    source,
  }));
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
