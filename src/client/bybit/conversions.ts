import * as v from 'valibot';
import { ZERO } from '../../models/decimal.js';
import type { Trade } from '../drafts.js';
import { msOf, positiveOf, recordOf, shaped, unsignedOf, wholeOf } from '../answer.js';
import { tradeOfConversion } from '../conversion.js';
import { readRecords, type RecordReading, timeIn } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

export const CONVERT_PAGE = 100;
export const DUST_PAGE = 50;
const DONE = 'success';
const FAILED = new Set(['failure', 'failed']);

const converts = v.object({ result: v.object({ list: v.array(v.unknown()) }) });
const convert = v.looseObject({
  exchangeTxId: v.pipe(v.string(), v.minLength(1)),
  fromCoin: v.string(),
  fromAmount: v.string(),
  toCoin: v.string(),
  toAmount: v.string(),
  exchangeStatus: v.string(),
  createdAt: v.string(),
});

/** Numbered pages, newest first, of all times: they end where they are older than what was asked for. */
export function convertPage(answer: unknown, { from, page = '1' }: Asked): Page<Trade> {
  const { list } = shaped(converts, answer, 'conversions').result;
  const isLast = list.length < CONVERT_PAGE || list.some((record) => isBefore(from, record));
  const wanted = list.filter((record) => !isBefore(from, record));
  return {
    ...readRecords(wanted, 'a conversion', conversionsIn),
    next: isLast ? undefined : following(page),
  };
}

/** One without a readable time is not left out. */
const isBefore = (from: number, record: unknown): boolean => (timeIn(record) ?? from) < from;

export function conversionsIn(record: unknown): RecordReading<Trade> {
  const row = recordOf(convert, record, 'a conversion');
  if (row.exchangeStatus === DONE) return [convertOf(row)];
  return FAILED.has(row.exchangeStatus) ? [] : { events: [], openSince: timeOf(row) };
}

const timeOf = ({ createdAt }: { readonly createdAt: string }): number =>
  msOf(createdAt, 'the time of a conversion');

const following = (page: string): string => String(wholeOf(page, 'the number of a page') + 1);

const convertOf = (row: v.InferOutput<typeof convert>): Trade =>
  tradeOfConversion({
    kind: 'convert',
    id: row.exchangeTxId,
    from: row.fromCoin,
    fromAmount: positiveOf(row.fromAmount, `what conversion ${row.exchangeTxId} gave`),
    to: row.toCoin,
    toAmount: unsignedOf(row.toAmount, `what conversion ${row.exchangeTxId} brought`),
    fee: undefined,
    time: timeOf(row),
    raw: row,
  });

const sweeps = v.object({
  result: v.object({ lastPage: v.string(), records: v.array(v.unknown()) }),
});
const sweep = v.looseObject({
  exchangeTxId: v.pipe(v.string(), v.minLength(1)),
  createdAt: v.string(),
  subRecords: v.array(
    v.looseObject({
      fromCoin: v.string(),
      fromAmount: v.string(),
      toCoin: v.string(),
      toAmount: v.string(),
      feeCoin: v.optional(v.string()),
      feeAmount: v.optional(v.string()),
      status: v.string(),
    }),
  ),
});

/** Small balances turned into one coin; each of them is a trade. `toAmount` is what is left after the fee. */
export function dustPage(answer: unknown, { from, page = '1' }: Asked): Page<Trade> {
  const { records, lastPage } = shaped(sweeps, answer, 'small balances').result;
  const isLast =
    records.some((record) => isBefore(from, record)) ||
    wholeOf(page, 'a page') >= wholeOf(lastPage || '0', 'the last page');
  const wanted = records.filter((record) => !isBefore(from, record));
  return { ...readRecords(wanted, 'small balances', sweptIn), next: isLast ? undefined : following(page) };
}

export function sweptIn(record: unknown): RecordReading<Trade> {
  const row = recordOf(sweep, record, 'small balances');
  const isOpen = row.subRecords.some(({ status }) => status !== DONE && !FAILED.has(status));
  const events = tradesOfSweep(row);
  return isOpen ? { events, openSince: timeOf(row) } : events;
}

const tradesOfSweep = (row: v.InferOutput<typeof sweep>): Trade[] =>
  row.subRecords
    .filter(({ status }) => status === DONE)
    .map((part) => {
      const id = `${row.exchangeTxId}:${part.fromCoin}`;
      const fee = unsignedOf(part.feeAmount || '0', `the fee of conversion ${id}`);
      const feeAsset = part.feeCoin || part.toCoin;
      const credited = unsignedOf(part.toAmount, `what conversion ${id} brought`);
      return tradeOfConversion({
        kind: 'dust',
        id,
        from: part.fromCoin,
        fromAmount: positiveOf(part.fromAmount, `what conversion ${id} gave`),
        to: part.toCoin,
        toAmount: feeAsset === part.toCoin ? credited.plus(fee) : credited,
        fee: fee.gt(ZERO) ? { asset: feeAsset, amount: fee } : undefined,
        time: timeOf(row),
        raw: { ...row, subRecords: [part] },
      });
    });
