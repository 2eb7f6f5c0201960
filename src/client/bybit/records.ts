import * as v from 'valibot';
import type { Fee, Trade, Transfer, TransferStatus } from '../../models/events.js';
import { amountOf, positiveOf, recordOf, shaped, unsignedOf, wholeOf } from '../answer.js';
import type { Page } from '../exchange-traits.js';
import { type Markets, splitSymbol } from '../markets.js';

const execution = v.looseObject({
  symbol: v.string(),
  execId: v.pipe(v.string(), v.minLength(1)),
  orderId: v.optional(v.string()),
  side: v.picklist(['Buy', 'Sell']),
  execQty: v.string(),
  execPrice: v.string(),
  execValue: v.string(),
  execTime: v.string(),
  execFee: v.optional(v.string()),
  feeCurrency: v.optional(v.string()),
});

const executions = v.object({
  result: v.object({ list: v.array(v.unknown()), nextPageCursor: v.optional(v.string()) }),
});

export function tradePage(answer: unknown, markets: Markets): Page<Trade> {
  const { list, nextPageCursor } = shaped(executions, answer, 'executions').result;
  return { rows: list.map((row) => tradeOf(row, markets)), next: nextPageCursor || undefined };
}

function tradeOf(record: unknown, markets: Markets): Trade {
  const row = recordOf(execution, record, 'an execution');
  const { base, quote } = splitSymbol(row.symbol, markets);
  const side = row.side === 'Buy' ? 'buy' : 'sell';
  const amount = positiveOf(row.execQty, `the amount of trade ${row.execId}`);
  return {
    kind: 'trade',
    id: row.execId,
    orderId: row.orderId || undefined,
    symbol: `${base}/${quote}`,
    base,
    quote,
    side,
    amount,
    price: positiveOf(row.execPrice, `the price of trade ${row.execId}`),
    value: unsignedOf(row.execValue, `the value of trade ${row.execId}`),
    fee: side === 'buy' ? feeOf(row, base, quote) : feeOf(row, quote, base),
    time: wholeOf(row.execTime, `the time of trade ${row.execId}`),
    raw: row,
  };
}

/**
 * `feeCurrency` is the truth: fees paid in MNT have it. Rows older than the field carry a fee in what was
 * received and a maker's rebate in what was given.
 */
function feeOf(row: v.InferOutput<typeof execution>, received: string, given: string): Fee | undefined {
  const amount = amountOf(row.execFee || '0', `the fee of trade ${row.execId}`);
  if (amount.isZero()) return undefined;
  return { asset: row.feeCurrency || (amount.isNegative() ? given : received), amount };
}

const transferFields = {
  coin: v.string(),
  chain: v.optional(v.string()),
  amount: v.string(),
  txID: v.optional(v.string()),
};

const deposit = v.pipe(
  v.looseObject({
    ...transferFields,
    id: v.optional(v.string()),
    txIndex: v.optional(v.string()),
    status: v.string(),
    depositFee: v.optional(v.string()),
    successAt: v.string(),
  }),
  v.check(({ id, txID }) => Boolean(id || txID), 'neither id nor txID'),
);

const withdrawal = v.looseObject({
  ...transferFields,
  withdrawId: v.pipe(v.string(), v.minLength(1)),
  status: v.string(),
  withdrawFee: v.optional(v.string()),
  createTime: v.string(),
});

const transfers = v.object({
  result: v.object({ rows: v.array(v.unknown()), nextPageCursor: v.optional(v.string()) }),
  time: v.optional(v.string(), ''),
});

/** 3 is success, 10012 and 70012 are credited to the funding wallet; 4, 70011 and 70013 never will be. */
const DEPOSIT_STATUS: Readonly<Record<string, TransferStatus>> = {
  '3': 'ok',
  '10012': 'ok',
  '70012': 'ok',
  '4': 'failed',
  '70011': 'failed',
  '70013': 'failed',
};

export function depositPage(answer: unknown): Page<Transfer> {
  const { result, time } = shaped(transfers, answer, 'deposits');
  return { rows: result.rows.map((row) => depositOf(row, time)), next: result.nextPageCursor || undefined };
}

function depositOf(record: unknown, answeredAt: string): Transfer {
  const row = recordOf(deposit, record, 'a deposit');
  const status = DEPOSIT_STATUS[row.status] ?? 'pending';
  // What has not arrived may have no time yet, and is not counted before it has.
  const time = row.successAt || (status === 'pending' ? answeredAt : '');
  return {
    // Rows from before the field have no id, but a transaction and a place in it.
    id: row.id || [row.txID, row.txIndex, row.coin].filter(Boolean).join(':'),
    direction: 'deposit',
    ...common(row),
    fee: transferFee(row.depositFee, row.coin),
    status,
    time: wholeOf(time, 'the time of a deposit'),
  };
}

const WITHDRAWAL_STATUS: Readonly<Record<string, TransferStatus>> = {
  success: 'ok',
  BlockchainConfirmed: 'ok',
  CancelByUser: 'failed',
  Reject: 'failed',
  Fail: 'failed',
};

export function withdrawalPage(answer: unknown): Page<Transfer> {
  const { rows, nextPageCursor } = shaped(transfers, answer, 'withdrawals').result;
  return { rows: rows.map(withdrawalOf), next: nextPageCursor || undefined };
}

/** `amount` is without the fee. */
function withdrawalOf(record: unknown): Transfer {
  const row = recordOf(withdrawal, record, 'a withdrawal');
  return {
    id: row.withdrawId,
    direction: 'withdrawal',
    ...common(row),
    fee: transferFee(row.withdrawFee, row.coin),
    status: WITHDRAWAL_STATUS[row.status] ?? 'pending',
    time: wholeOf(row.createTime, 'the time of a withdrawal'),
  };
}

const common = (row: {
  coin: string;
  chain?: string | undefined;
  amount: string;
  txID?: string | undefined;
}) => ({
  asset: row.coin,
  amount: unsignedOf(row.amount, `a transfer of ${row.coin}`),
  network: row.chain || undefined,
  txid: row.txID || undefined,
  raw: row,
});

function transferFee(text: string | undefined, asset: string): Fee | undefined {
  const amount = unsignedOf(text || '0', `a transfer fee in ${asset}`);
  return amount.isZero() ? undefined : { asset, amount };
}
