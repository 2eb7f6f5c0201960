import type { ValueHistory } from '../models/history.js';
import { amountField, type CsvOptions, csvText, nameField } from './csv-text.js';

const COLUMNS = ['account', 'time', 'value', 'complete', 'left_out', 'currency', 'asset'] as const;

/** One row a snapshot of an account: exact digits, an empty field where no value is known; the asset is empty for all; RFC 4180. */
export function renderHistoryCsv(history: ValueHistory, options: CsvOptions): string {
  const rows = history.accounts.flatMap(({ account, series }) =>
    series.points.map(({ time, value, complete, unpriced }) => [
      nameField(account),
      new Date(time).toISOString(),
      amountField(value, options),
      String(complete),
      nameField(unpriced.join(' ')),
      options.currency,
      nameField(history.asset ?? ''),
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
