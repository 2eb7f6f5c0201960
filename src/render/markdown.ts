import type { Column } from './light-table.js';

/** What Markdown or the HTML in it would read as more than text. */
const SPECIAL = /[\\`*_{}[\]<>|~#!&$]/g;

/** Plain text, whatever stands in it. */
export const markdownText = (text: string): string => text.replace(SPECIAL, (mark) => `\\${mark}`);

/** A table of GitHub's Markdown; the last row, which is a sum, is bold. Columns without a head are left out. */
export function markdownTable(columns: readonly Column[]): string {
  const shown = columns.filter(({ head }) => head.trim() !== '');
  const height = shown[0]?.cells.length ?? 0;
  const rows = Array.from({ length: height }, (_, at) =>
    shown.map(({ cells }) => cellText(cells[at] ?? '', at === height - 1)),
  );
  const rule = shown.map(({ align }) => (align === 'left' ? ':--' : '--:'));
  return [shown.map(({ head }) => markdownText(head.trim())), rule, ...rows].map(lineOf).join('\n');
}

const cellText = (cell: string, bold: boolean): string => {
  const text = markdownText(cell.trim());
  return bold && text !== '' ? `**${text}**` : text;
};

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
