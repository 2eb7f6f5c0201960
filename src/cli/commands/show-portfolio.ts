import type { Portfolio } from '../../models/portfolio.js';
import { renderPortfolioCsv } from '../../render/portfolio-csv.js';
import { renderPortfolioJson } from '../../render/portfolio-json.js';
import { renderPortfolioMarkdown } from '../../render/portfolio-markdown.js';
import { renderPortfolio } from '../../render/portfolio-table.js';
import { coloured, widthOf } from '../terminal.js';
import { sectionOptions } from './section-options.js';
import type { ShowOptions } from './show.js';

/** `show` in the format asked for. */
export function renderPortfolioAs(options: ShowOptions, { accounts, recent, rate }: Portfolio): string {
  const now = Date.now();
  const section = { ...sectionOptions(options), now, recent, rate };
  const { currency } = section;
  if (options.format === 'json') return renderPortfolioJson(accounts, { now, currency, recent, rate });
  if (options.format === 'csv')
    return renderPortfolioCsv(accounts, { currency, exact: options.exact ?? false });
  if (options.format === 'markdown') return renderPortfolioMarkdown(accounts, section);
  return renderPortfolio(accounts, {
    ...section,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
  });
}
