import type { AssetTraces, TraceLine } from '../models/trace.js';
import { amountField, csvText, nameField } from './csv-text.js';
import { costOf, feeOf, priceOf } from './trade-figures.js';

const COLUMNS = [
  'account',
  'asset',
  'time',
  'event',
  'what',
  'for',
  'quantity',
  'price',
  'value',
  'fee',
  'realized',
  'held',
  'cost_known_quantity',
  'cost',
  'average_entry',
  'currency',
] as const;

/** One row a line, amounts as exact digits, empty where they are not known; RFC 4180. */
export function renderTradesCsv(traces: AssetTraces, { currency }: { readonly currency: string }): string {
  const rows = traces.accounts.flatMap(({ account, asset, lines }) =>
    lines.map((line) => [nameField(account), nameField(asset), ...lineFields(line), currency]),
  );
  return csvText([COLUMNS, ...rows]);
}

/** What is held stands on the last line of an event. */
function lineFields(line: TraceLine): readonly string[] {
  const { position, realized } = line.outcome ?? {};
  return [
    new Date(line.time).toISOString(),
    nameField(line.event),
    line.what,
    nameField(line.counter ?? ''),
    amountField(line.quantity),
    amountField(priceOf(line)),
    amountField(line.value),
    amountField(feeOf(line)),
    amountField(realized),
    amountField(position?.quantity),
    amountField(position?.knownQuantity),
    amountField(position && costOf(position)),
    amountField(position?.average),
  ];
}
