import * as v from 'valibot';
import type { Fee, Transfer, TransferStatus } from '../drafts.js';
import { meaningOf, msOf, recordOf, shaped, unsignedOf } from '../answer.js';
import { readRecords } from '../records.js';
import type { Page } from '../stream-traits.js';

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

const internal = v.looseObject({
  coin: v.string(),
  amount: v.string(),
  txID: v.optional(v.string()),
  id: v.pipe(v.string(), v.minLength(1)),
  status: v.string(),
  createdTime: v.pipe(v.string(), v.regex(/^\d{10}$/, 'no time in seconds')),
});

/** 3 is success, 10012 and 70012 are credited to the funding wallet; 4, 70011 and 70013 never will be. */
const DEPOSIT_STATUS: Readonly<Record<string, TransferStatus>> = {
  '3': 'done',
  '10012': 'done',
  '70012': 'done',
  '4': 'failed',
  '70011': 'failed',
  '70013': 'failed',
};

export function depositPage(answer: unknown): Page<Transfer> {
  const { result, time } = shaped(transfers, answer, 'deposits');
  const read = readRecords(result.rows, 'a deposit', (record) => [depositOf(record, time)]);
  return { ...read, next: result.nextPageCursor || undefined };
}

export const depositsIn = (record: unknown): readonly Transfer[] => [depositOf(record, '')];

function depositOf(record: unknown, answeredAt: string): Transfer {
  const row = recordOf(deposit, record, 'a deposit');
  const status = meaningOf(DEPOSIT_STATUS, row.status) ?? 'pending';
  // What has not arrived may have no time yet, and is not counted before it has.
  const time = row.successAt || (status === 'pending' ? answeredAt : '');
  return {
    // Rows from before the field have no id, but a transaction and a place in it.
    id: row.id || [row.txID, row.txIndex, row.coin].filter(Boolean).join(':'),
    direction: 'deposit',
    ...common(row),
    fee: transferFee(row.depositFee, row.coin),
    status,
    time: msOf(time, 'the time of a deposit'),
  };
}

const INTERNAL_STATUS: Readonly<Record<string, TransferStatus>> = { '2': 'done', '3': 'failed' };

export function internalDepositPage(answer: unknown): Page<Transfer> {
  const { rows, nextPageCursor } = shaped(transfers, answer, 'internal deposits').result;
  return {
    ...readRecords(rows, 'an internal deposit', internalDepositsIn),
    next: nextPageCursor || undefined,
  };
}

export const internalDepositsIn = (record: unknown): readonly Transfer[] => [internalDepositOf(record)];

/** From another user of Bybit, off the chain; its ids are counted apart from those of other deposits. */
function internalDepositOf(record: unknown): Transfer {
  const row = recordOf(internal, record, 'an internal deposit');
  return {
    id: `internal:${row.id}`,
    direction: 'deposit',
    ...common(row),
    fee: undefined,
    status: meaningOf(INTERNAL_STATUS, row.status) ?? 'pending',
    // Seconds, other than everywhere else.
    time: msOf(`${row.createdTime}000`, 'the time of an internal deposit'),
  };
}

const WITHDRAWAL_STATUS: Readonly<Record<string, TransferStatus>> = {
  success: 'done',
  BlockchainConfirmed: 'done',
  CancelByUser: 'failed',
  Reject: 'failed',
  Fail: 'failed',
};

export function withdrawalPage(answer: unknown): Page<Transfer> {
  const { rows, nextPageCursor } = shaped(transfers, answer, 'withdrawals').result;
  return { ...readRecords(rows, 'a withdrawal', withdrawalsIn), next: nextPageCursor || undefined };
}

export const withdrawalsIn = (record: unknown): readonly Transfer[] => [withdrawalOf(record)];

/** `amount` is without the fee. */
function withdrawalOf(record: unknown): Transfer {
  const row = recordOf(withdrawal, record, 'a withdrawal');
  return {
    id: row.withdrawId,
    direction: 'withdrawal',
    ...common(row),
    fee: transferFee(row.withdrawFee, row.coin),
    status: meaningOf(WITHDRAWAL_STATUS, row.status) ?? 'pending',
    time: msOf(row.createTime, 'the time of a withdrawal'),
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
