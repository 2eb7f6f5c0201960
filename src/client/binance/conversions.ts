import * as v from 'valibot';
import { ZERO } from '../../models/decimal.js';
import type { Trade } from '../drafts.js';
import { msOf, positiveOf, recordOf, shaped, unsignedOf } from '../answer.js';
import { tradeOfConversion } from '../conversion.js';
import { readRecords, type RecordReading } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

const CONVERT_LIMIT = 1000;
const DUST_LIMIT = 100;
const DONE = 'SUCCESS';
const FAILED = new Set(['FAIL', 'FAILED', 'EXPIRED', 'CANCELED', 'CANCELLED']);

const span = ({ from, to }: Asked) => ({ startTime: String(from), endTime: String(to) });

export const convertParams = (asked: Asked): Record<string, string> => ({
  ...span(asked),
  limit: String(CONVERT_LIMIT),
});

const flow = v.object({ list: v.array(v.unknown()), moreData: v.boolean() });
const convert = v.looseObject({
  orderId: v.pipe(v.string(), v.minLength(1)),
  orderStatus: v.string(),
  fromAsset: v.string(),
  fromAmount: v.string(),
  toAsset: v.string(),
  toAmount: v.string(),
  createTime: v.string(),
});

export function convertPage(answer: unknown): Page<Trade> {
  const { list, moreData } = shaped(flow, answer, 'conversions');
  return { ...readRecords(list, 'a conversion', conversionsIn), next: undefined, cutOff: moreData };
}

/** An order may be in process for days; `createTime` stays that of its beginning. */
export function conversionsIn(record: unknown): RecordReading<Trade> {
  const row = recordOf(convert, record, 'a conversion');
  if (row.orderStatus === DONE) return [convertOf(row)];
  return FAILED.has(row.orderStatus) ? [] : { events: [], openSince: timeOf(row) };
}

const timeOf = ({ createTime }: v.InferOutput<typeof convert>): number =>
  msOf(createTime, 'the time of a conversion');

const convertOf = (row: v.InferOutput<typeof convert>): Trade =>
  tradeOfConversion({
    kind: 'convert',
    id: row.orderId,
    from: row.fromAsset,
    fromAmount: positiveOf(row.fromAmount, `what conversion ${row.orderId} gave`),
    to: row.toAsset,
    toAmount: unsignedOf(row.toAmount, `what conversion ${row.orderId} brought`),
    fee: undefined,
    time: timeOf(row),
    raw: row,
  });

export const dustParams = (asked: Asked): Record<string, string> => ({ accountType: 'SPOT', ...span(asked) });

const dribblets = v.object({ userAssetDribblets: v.array(v.unknown()) });
const sweep = v.object({ userAssetDribbletDetails: v.array(v.unknown()) });
const part = v.looseObject({
  transId: v.pipe(v.string(), v.minLength(1)),
  operateTime: v.string(),
  fromAsset: v.string(),
  amount: v.string(),
  transferedAmount: v.string(),
  serviceChargeAmount: v.string(),
  // Older rows do not name it, for there was no other.
  targetAsset: v.optional(v.string(), 'BNB'),
});

/** The latest of a span only, without pages. */
export function dustPage(answer: unknown): Page<Trade> {
  const sweeps = shaped(dribblets, answer, 'the dust log').userAssetDribblets;
  return { ...readRecords(sweeps, 'dust', dustIn), next: undefined, cutOff: sweeps.length >= DUST_LIMIT };
}

export const dustIn = (record: unknown): readonly Trade[] =>
  recordOf(sweep, record, 'dust').userAssetDribbletDetails.map(dustOf);

/** `transferedAmount` is before the charge, as every recorded row and its balance show. */
function dustOf(record: unknown): Trade {
  const row = recordOf(part, record, 'dust');
  const id = `${row.transId}:${row.fromAsset}`;
  const charge = unsignedOf(row.serviceChargeAmount, `the charge of dust ${id}`);
  return tradeOfConversion({
    kind: 'dust',
    id,
    from: row.fromAsset,
    fromAmount: positiveOf(row.amount, `the amount of dust ${id}`),
    to: row.targetAsset,
    toAmount: unsignedOf(row.transferedAmount, `what dust ${id} brought`),
    fee: charge.gt(ZERO) ? { asset: row.targetAsset, amount: charge } : undefined,
    time: msOf(row.operateTime, 'the time of dust'),
    raw: row,
  });
}
