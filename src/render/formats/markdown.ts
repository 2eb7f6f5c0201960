import { painter } from '../colour.js';
import {
  type Block,
  type Cell,
  cellOf,
  type Changes,
  type Chart,
  type Document,
  type Figures,
  type Section,
  shortName,
  type Table,
} from '../document.js';
import { chartText } from './terminal.js';

/** Columns of a chart, which is a block of fixed-width text. */
const CHART_WIDTH = 80;

/** A document in GitHub's Markdown, for a wiki or an issue. */
export function renderMarkdown({ sections }: Document): string {
  return `${sections.flatMap(sectionBlocks).join('\n\n')}\n`;
}

function sectionBlocks({ name, meta, intro, blocks }: Section): readonly string[] {
  const about = meta.map((part) => cellOf(part).text).join(', ');
  return [
    ...(name === undefined ? [] : [`## ${markdownText(name)}`]),
    ...(about === '' ? [] : [markdownText(about)]),
    ...[...intro, ...blocks].flatMap(blockTexts),
  ];
}

function blockTexts(block: Block): readonly string[] {
  switch (block.kind) {
    case 'lines':
      return block.lines.map(({ text, style }) =>
        style === 'strong' ? `**${markdownText(text)}**` : markdownText(text),
      );
    case 'changes':
      return [markdownText(changesText(block))];
    case 'table':
      return [table(block)];
    case 'figures':
      return [figures(block)];
    case 'chart':
      return chart(block);
    case 'notes':
      return list(block.notes);
  }
}

function changesText({ lead, parts, trend }: Changes): string {
  const texts = parts.map(({ name, cell }) => `over ${name} ${cell.text}`);
  return `${lead} ${texts.join(', ')}${trend ? `  ${trend.line}` : ''}`;
}

/** The row of sums is bold. Columns without a title are excluded. */
function table({ columns }: Table): string {
  const shown = columns.filter(({ title }) => title !== '');
  const rows = shown[0]?.cells.map((_, at) => shown.map(({ cells }) => cellText(cells[at]))) ?? [];
  const end = shown.map(({ total }) => cellText(total)).map((text) => (text === '' ? '' : `**${text}**`));
  const rule = shown.map(({ align }) => (align === 'left' ? ':--' : '--:'));
  const ends = end.some((text) => text !== '') ? [end] : [];
  return [shown.map(({ title }) => markdownText(title)), rule, ...rows, ...ends]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function cellText(cell: Cell | undefined): string {
  if (!cell) return '';
  return markdownText((cell.isName ? shortName(cell.text) : cell.text) + (cell.mark ?? ''));
}

const figures = ({ figures: all }: Figures): string =>
  all
    .map(({ name, cell, isSum }) => {
      const text = `${markdownText(name)}: ${cellText(cell)}`;
      return `- ${isSum ? `**${text}**` : text}`;
    })
    .join('\n');

function chart(block: Chart): readonly string[] {
  const { lines, notes } = chartText(block, { paint: painter(false), width: CHART_WIDTH });
  return [['```text', ...lines, '```'].join('\n'), ...list(notes)];
}

const list = (notes: readonly string[]): readonly string[] =>
  notes.length === 0 ? [] : [notes.map((note) => `- ${markdownText(note)}`).join('\n')];

/** What Markdown or the HTML in it would read as more than text. */
const SPECIAL = /[\\`*_{}[\]<>|~#!&$]/g;

/** Plain text, whatever characters it contains. */
const markdownText = (text: string): string => text.replace(SPECIAL, (mark) => `\\${mark}`);
