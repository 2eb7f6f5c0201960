import type { AccountPortfolio } from '../models/portfolio.js';
import { changeLines } from './change-lines.js';
import type { Paint } from './colour.js';
import { painter } from './colour.js';
import { holdingsColumns } from './holdings-table.js';
import { bulletLine, lightTable } from './light-table.js';
import { grandTotal, type Section, type SectionOptions, sectionsOf } from './portfolio-sections.js';
import { fitted, wrapped } from './text-layout.js';

export interface PortfolioOptions extends SectionOptions {
  readonly colour: boolean;
}

/** The accounts as tables for a terminal of `width` columns, each with what its figures leave out. */
export function renderPortfolio(accounts: readonly AccountPortfolio[], options: PortfolioOptions): string {
  const paint = painter(options.colour);
  const sections = sectionsOf(accounts, options);
  const texts = sections.map((section) => sectionText(section, options, paint));
  if (sections.length > 1) texts.push(totalText(accounts, options, paint));
  return texts.map((text) => `${text}\n`).join('\n');
}

function sectionText(section: Section, options: PortfolioOptions, paint: Paint): string {
  const { name, age, stale, failures, rows, totals, emptiness, notes, counted } = section;
  const when = paint(stale ? 'yellow' : 'dim', age);
  return [
    ...fitted([paint('bold', name), `${when}${paint('dim', `, in ${options.currency}`)}`], options.width),
    ...(counted.length > 0 ? changeLines(counted, options, paint) : []),
    ...failures.flatMap((text) => wrapped(text, options.width).map((line) => paint('red', line))),
    '',
    (emptiness && wrapped(emptiness, options.width).join('\n')) ??
      lightTable(holdingsColumns(rows, totals, { ...options, paint }), options.width),
    ...(notes.length > 0 ? [''] : []),
    ...notes.map((note) => bulletLine(note, options.width)),
  ].join('\n');
}

function totalText(accounts: readonly AccountPortfolio[], options: PortfolioOptions, paint: Paint): string {
  const { text, incomplete, counted } = grandTotal(accounts, options);
  return [
    ...wrapped(text, options.width).map((line) => paint('bold', line)),
    ...(incomplete ? wrapped('without what the accounts above leave out', options.width) : []),
    ...changeLines(counted, options, paint),
  ].join('\n');
}
