import type { ValueHistory } from '../../models/history.js';
import { renderHistory } from '../../render/history-chart.js';
import { renderHistoryCsv } from '../../render/history-csv.js';
import { renderHistoryJson } from '../../render/history-json.js';
import { coloured, widthOf } from '../terminal.js';
import { BOOKS_CURRENCY } from '../../models/rates.js';
import type { ShowOptions } from './show.js';

export { showHistory } from '../../service/show-history.js';

/** `show --history` in the format asked for. */
export function renderHistoryAs(options: ShowOptions, history: ValueHistory): string {
  const currency = BOOKS_CURRENCY;
  if (options.format === 'json') return renderHistoryJson(history, { currency });
  if (options.format === 'csv') return renderHistoryCsv(history, { currency, exact: options.exact ?? false });
  return renderHistory(history, {
    currency,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
    privacy: options.privacy ?? false,
  });
}
