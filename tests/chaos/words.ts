import { type Decimal, parseDecimal, toText } from '../simulator/decimal.js';
import { type Records, type Row, rowsOf } from './records.js';

interface Traded {
  readonly kind: string;
  readonly pair: string;
  readonly side: string;
  readonly amount: Decimal;
  readonly value: Decimal;
  readonly fee: Decimal;
  readonly feeAsset: string;
}

/** By which a trade is known again, whoever tells of it. */
export function tradeWords({ kind, pair, side, amount, value, fee, feeAsset }: Traded): string {
  const paid = fee.isZero() ? '' : `, fee ${toText(fee)} ${feeAsset}`;
  return `${kind} ${pair} ${side} ${toText(amount)} for ${toText(value)}${paid}`;
}

/** The same of coins that came or went. */
export const moveWords = (kind: string, asset: string, amount: Decimal): string =>
  `${kind} ${toText(amount)} ${asset}`;

/** The words for all that is stored of an account. */
export const storedWords = (records: Records, account: string): string[] => [
  ...rowsOf(records, 'trades', account).map(storedTrade),
  ...rowsOf(records, 'transfers', account).map((row) => storedMove(row, text(row, 'direction'))),
  ...rowsOf(records, 'incomes', account).map((row) => storedMove(row, 'income')),
];

const storedTrade = (row: Row): string =>
  tradeWords({
    kind: text(row, 'kind'),
    pair: text(row, 'symbol'),
    side: text(row, 'side'),
    amount: parseDecimal(text(row, 'amount')),
    value: parseDecimal(text(row, 'value')),
    fee: parseDecimal(row['fee_amount'] ?? '0'),
    feeAsset: text(row, 'fee_asset'),
  });

const storedMove = (row: Row, kind: string): string =>
  moveWords(kind, text(row, 'asset'), parseDecimal(text(row, 'amount')));

const text = (row: Row, column: string): string => row[column] ?? '';
