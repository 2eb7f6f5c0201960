import { parseDecimal } from '../../models/decimal.js';
import type { Portfolio } from '../../models/portfolio.js';
import { renderPortfolioCsv } from '../../render/portfolio-csv.js';
import { renderPortfolioJson } from '../../render/portfolio-json.js';
import { renderPortfolio } from '../../render/portfolio-table.js';
import { coloured, widthOf } from '../terminal.js';
import type { ShowOptions } from './show.js';

const STALE_AFTER_MS = 65 * 60_000;

/** `show` in the format asked for. */
export function renderPortfolioAs(options: ShowOptions, { accounts, recent }: Portfolio): string {
  const now = Date.now();
  const currency = 'USD';
  if (options.format === 'json') return renderPortfolioJson(accounts, { now, currency, recent });
  if (options.format === 'csv') return renderPortfolioCsv(accounts, { currency });
  return renderPortfolio(accounts, {
    now,
    currency,
    recent,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
    privacy: options.privacy ?? false,
    sort: options.sort,
    staleAfterMs: STALE_AFTER_MS,
    ...(options.minValue ? { minValue: parseDecimal(options.minValue) } : {}),
  });
}
