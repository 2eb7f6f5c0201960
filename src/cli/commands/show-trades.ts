import type { AssetTraces } from '../../models/trace.js';
import { renderTradesCsv } from '../../render/trades-csv.js';
import { renderTradesJson } from '../../render/trades-json.js';
import { renderTradesMarkdown } from '../../render/trades-markdown.js';
import { renderTrades } from '../../render/trades-table.js';
import { coloured, widthOf } from '../terminal.js';
import { BOOKS_CURRENCY } from '../../models/rates.js';
import type { ShowOptions } from './show.js';

export { showTrades } from '../../service/show-trades.js';

/** `show --trades` in the format asked for. */
export function renderTradesAs(options: ShowOptions, traces: AssetTraces): string {
  const currency = BOOKS_CURRENCY;
  if (options.format === 'json') return renderTradesJson(traces, { currency });
  if (options.format === 'csv') return renderTradesCsv(traces, { currency, exact: options.exact ?? false });
  const privacy = options.privacy ?? false;
  if (options.format === 'markdown') return renderTradesMarkdown(traces, { currency, privacy });
  return renderTrades(traces, {
    currency,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
    privacy,
  });
}
