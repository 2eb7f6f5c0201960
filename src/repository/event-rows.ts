import type { AccountId } from '../models/account.js';
import { toText } from '../models/decimal.js';
import type { Cursor, Entry, EventSet, Fee, Income, Trade, Transfer } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { entryRow } from './entries.js';
import { storableText } from '../models/text.js';
import { isoTime } from './times.js';
import { resolvedRow, unreadRow } from './unread-records.js';

/** New history of an account with the cursors that it confirms. */
export interface EventBatch extends EventSet {
  readonly account: AccountId;
  readonly runId: string;
  readonly cursors: readonly Cursor[];
  /** Opening and adjustment entries that are new or changed. */
  readonly entries?: readonly Entry[];
  /** Records that cannot be interpreted. */
  readonly unread?: readonly StreamUnreadRecord[];
  /** Stored unread records that are events now. */
  readonly resolved?: readonly StreamUnreadRecord[];
}

/** The batch as rows of JSON, amounts as text; one row an identity, for an upsert refuses a key named twice. */
export function eventRows({
  trades,
  transfers,
  incomes,
  cursors,
  entries = [],
  unread = [],
  resolved = [],
}: Pick<EventBatch, keyof EventSet | 'cursors' | 'entries' | 'unread' | 'resolved'>) {
  return {
    trades: lastOfEach(trades, tradeKey).map(tradeRow),
    transfers: lastOfEach(transfers, transferKey).map(transferRow),
    incomes: lastOfEach(incomes, ({ id }) => id).map(incomeRow),
    cursors: lastOfEach(cursors, ({ stream }) => stream).map(cursorRow),
    entries: lastOfEach(entries, ({ id }) => id).map(entryRow),
    unread_records: lastOfEach(unread, unreadKey).map(unreadRow),
    resolved_records: resolved.map(resolvedRow),
  };
}

export const tradeKey = ({ kind, symbol, id }: Pick<Trade, 'kind' | 'symbol' | 'id'>): string =>
  `${kind} ${symbol} ${id}`;
export const transferKey = ({ direction, id }: Pick<Transfer, 'direction' | 'id'>): string =>
  `${direction} ${id}`;

export const unreadKey = ({ stream, hash }: Pick<StreamUnreadRecord, 'stream' | 'hash'>): string =>
  `${stream} ${hash}`;

export function lastOfEach<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/** JSON for a jsonb parameter: PostgreSQL takes neither NUL nor half a surrogate pair in text. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? storableText(part) : part,
  );
}

const tradeRow = (trade: Trade) => ({
  kind: trade.kind,
  symbol: trade.symbol,
  trade_id: trade.id,
  order_id: trade.orderId,
  base: trade.base,
  quote: trade.quote,
  side: trade.side,
  amount: toText(trade.amount),
  price: toText(trade.price),
  value: toText(trade.value),
  ...feeColumns(trade.fee),
  time: isoTime(trade.time),
  raw: trade.raw,
});

const transferRow = (transfer: Transfer) => ({
  direction: transfer.direction,
  transfer_id: transfer.id,
  asset: transfer.asset,
  amount: toText(transfer.amount),
  ...feeColumns(transfer.fee),
  status: transfer.status,
  network: transfer.network,
  txid: transfer.txid,
  time: isoTime(transfer.time),
  raw: transfer.raw,
});

const incomeRow = (income: Income) => ({
  income_id: income.id,
  asset: income.asset,
  amount: toText(income.amount),
  reason: income.reason,
  time: isoTime(income.time),
  raw: income.raw,
});

const feeColumns = (fee: Fee | undefined) => ({
  fee_asset: fee?.asset,
  fee_amount: fee && toText(fee.amount),
});

const cursorRow = ({ stream, completeUntil, window }: Cursor) => ({
  stream,
  complete_until: isoTime(completeUntil),
  window_from: window && isoTime(window.from),
  window_to: window && isoTime(window.to),
  page: window?.page,
});
