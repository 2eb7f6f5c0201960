import type { AssetTraces, TraceLine } from '../models/trace.js';
import { amountField, type CsvOptions, csvText, nameField } from './csv-text.js';
import { costOf, feeOf, priceOf } from '../accounting/trace-figures.js';

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
export function renderTradesCsv(traces: AssetTraces, options: CsvOptions): string {
  const rows = traces.accounts.flatMap(({ account, asset, lines }) =>
    lines.map((line) => [
      nameField(account),
      nameField(asset),
      ...lineFields(line, options),
      options.currency,
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}

/** What is held stands on the last line of an event. */
function lineFields(line: TraceLine, options: CsvOptions): readonly string[] {
  const { position, realized } = line.outcome ?? {};
  return [
    new Date(line.time).toISOString(),
    nameField(line.event),
    line.what,
    nameField(line.counter ?? ''),
    amountField(line.quantity, options),
    amountField(priceOf(line), options),
    amountField(line.value, options),
    amountField(feeOf(line), options),
    amountField(realized, options),
    amountField(position?.quantity, options),
    amountField(position?.knownQuantity, options),
    amountField(position && costOf(position), options),
    amountField(position?.average, options),
  ];
}
