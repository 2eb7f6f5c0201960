import * as v from 'valibot';
import type { Transfer, TransferStatus } from '../drafts.js';
import { meaningOf, msOf, recordOf, shaped, unsignedOf, utcOf, wholeOf } from '../answer.js';
import { readRecords } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

export const TRANSFER_PAGE = 1000;

const common = {
  coin: v.string(),
  amount: v.string(),
  status: v.string(),
  network: v.optional(v.string()),
  txId: v.optional(v.string()),
};

const deposit = v.pipe(
  v.looseObject({ ...common, id: v.optional(v.string()), insertTime: v.string() }),
  v.check(({ id, txId }) => Boolean(id || txId), 'neither id nor txId'),
);

const withdrawal = v.looseObject({
  ...common,
  id: v.pipe(v.string(), v.minLength(1)),
  transactionFee: v.optional(v.string()),
  applyTime: v.string(),
});

/** The pages are counted by the rows before them. */
export const transferParams = ({ from, to, page }: Asked): Record<string, string> => ({
  startTime: String(from),
  endTime: String(to),
  limit: String(TRANSFER_PAGE),
  offset: page ?? '0',
});

function pageOf(
  answer: unknown,
  { page = '0' }: Asked,
  what: string,
  eventsOf: (record: unknown) => readonly Transfer[],
): Page<Transfer> {
  const records = shaped(v.array(v.unknown()), answer, what);
  const next = String(wholeOf(page, 'an offset') + records.length);
  return { ...readRecords(records, what, eventsOf), next };
}

export const depositPage = (answer: unknown, asked: Asked): Page<Transfer> =>
  pageOf(answer, asked, 'deposits', depositsIn);

export const withdrawalPage = (answer: unknown, asked: Asked): Page<Transfer> =>
  pageOf(answer, asked, 'withdrawals', withdrawalsIn);

/** 1 is success, 6 is credited though not withdrawable yet; 2 was rejected, 7 was sent wrongly. */
const DEPOSIT_STATUS: Readonly<Record<string, TransferStatus>> = {
  '1': 'done',
  '6': 'done',
  '2': 'failed',
  '7': 'failed',
};

export const depositsIn = (record: unknown): readonly Transfer[] => [depositOf(record)];

function depositOf(record: unknown): Transfer {
  const row = recordOf(deposit, record, 'a deposit');
  return {
    id: row.id || `${row.txId ?? ''}:${row.coin}`,
    direction: 'deposit',
    ...sameOf(row),
    fee: undefined,
    status: meaningOf(DEPOSIT_STATUS, row.status) ?? 'pending',
    time: msOf(row.insertTime, 'the time of a deposit'),
  };
}

/** 6 is completed; 1 was cancelled, 3 rejected, 5 failed. */
const WITHDRAWAL_STATUS: Readonly<Record<string, TransferStatus>> = {
  '6': 'done',
  '1': 'failed',
  '3': 'failed',
  '5': 'failed',
};

export const withdrawalsIn = (record: unknown): readonly Transfer[] => [withdrawalOf(record)];

/** `amount` is without the fee. */
function withdrawalOf(record: unknown): Transfer {
  const row = recordOf(withdrawal, record, 'a withdrawal');
  const fee = unsignedOf(row.transactionFee || '0', `a transfer fee in ${row.coin}`);
  return {
    id: row.id,
    direction: 'withdrawal',
    ...sameOf(row),
    fee: fee.isZero() ? undefined : { asset: row.coin, amount: fee },
    status: meaningOf(WITHDRAWAL_STATUS, row.status) ?? 'pending',
    time: utcOf(row.applyTime, 'the time of a withdrawal'),
  };
}

const sameOf = (row: {
  coin: string;
  amount: string;
  network?: string | undefined;
  txId?: string | undefined;
}) => ({
  asset: row.coin,
  amount: unsignedOf(row.amount, `a transfer of ${row.coin}`),
  network: row.network || undefined,
  txid: row.txId || undefined,
  raw: row,
});
