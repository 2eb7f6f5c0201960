import type { AccountPortfolio } from '../models/portfolio.js';
import { changeLines } from './change-lines.js';
import { painter } from './colour.js';
import { holdingsColumns } from './holdings-table.js';
import { markdownTable, markdownText } from './markdown.js';
import { grandTotal, type Section, type SectionOptions, sectionsOf } from './portfolio-sections.js';

const PLAIN = painter(false);

/** The accounts as Markdown, for a wiki or an issue: everything that the table for a terminal says. */
export function renderPortfolioMarkdown(
  accounts: readonly AccountPortfolio[],
  options: Omit<SectionOptions, 'width'>,
): string {
  const whole = { ...options, width: Infinity };
  const sections = sectionsOf(accounts, whole);
  const blocks = sections.flatMap((section) => sectionBlocks(section, whole));
  if (sections.length > 1) {
    const { text, incomplete, counted } = grandTotal(accounts, whole);
    blocks.push(
      `**${markdownText(text)}**${incomplete ? ', without what the accounts above leave out' : ''}`,
      ...changeLines(counted, whole, PLAIN).map(markdownText),
    );
  }
  return `${blocks.join('\n\n')}\n`;
}

function sectionBlocks(section: Section, options: SectionOptions): readonly string[] {
  const { name, age, failures, rows, totals, emptiness, notes, counted } = section;
  return [
    `## ${markdownText(name)}`,
    markdownText(`${age}, in ${options.currency}`),
    ...(counted.length > 0 ? changeLines(counted, options, PLAIN).map(markdownText) : []),
    ...failures.map(markdownText),
    emptiness ?? markdownTable(holdingsColumns(rows, totals, { ...options, paint: PLAIN })),
    ...(notes.length > 0 ? [notes.map((note) => `- ${markdownText(note)}`).join('\n')] : []),
  ];
}
