import type { Results } from '../../models/results.js';
import { renderResultsCsv } from '../../render/results-csv.js';
import { renderResultsJson } from '../../render/results-json.js';
import { renderResults } from '../../render/results-table.js';
import { coloured, widthOf } from '../terminal.js';
import { BOOKS_CURRENCY } from '../../models/rates.js';
import type { ShowOptions } from './show.js';

export { showResults } from '../../service/show-results.js';

/** `show --period` in the format asked for. */
export function renderResultsAs(options: ShowOptions, results: Results): string {
  const currency = BOOKS_CURRENCY;
  if (options.format === 'json') return renderResultsJson(results, { currency });
  if (options.format === 'csv') return renderResultsCsv(results, { currency, exact: options.exact ?? false });
  return renderResults(results, {
    currency,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
  });
}
