import type { ValueHistory } from '../models/history.js';
import { amountField, csvText, nameField } from './csv-text.js';

const COLUMNS = ['account', 'time', 'value', 'complete', 'left_out', 'currency', 'asset'] as const;

/** One row a snapshot of an account: exact digits, an empty field where no value is known; the asset is empty for all; RFC 4180. */
export function renderHistoryCsv(history: ValueHistory, { currency }: { readonly currency: string }): string {
  const rows = history.accounts.flatMap(({ account, series }) =>
    series.points.map(({ time, value, complete, unpriced }) => [
      nameField(account),
      new Date(time).toISOString(),
      amountField(value),
      String(complete),
      nameField(unpriced.join(' ')),
      currency,
      nameField(history.asset ?? ''),
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
