import { stripVTControlCharacters } from 'node:util';
import { stackedRows } from './stacked-rows.js';
import { displayWidth, hanging, padded, wrapped } from './text-layout.js';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** Of the columns shown the one with the highest is dropped first; 0 stays. */
  readonly drop: number;
}

const GAP = '  ';
const BULLET = '· ';

/**
 * A table with rules under the head and above the last row. Columns are dropped until it fits `width`, and named
 * below it; if those that stay do not fit, every figure has a line of its own.
 */
export function lightTable(columns: readonly Column[], width: number): string {
  const shown = fitting(columns, width);
  if (tableWidth(shown) > width) return stackedRows(columns, width).join('\n');
  const dropped = columns
    .filter((column) => !shown.includes(column))
    .map(({ head }) => stripVTControlCharacters(head).trim())
    .filter((head) => head !== '');
  const note = dropped.length === 0 ? [] : wrapped(`Not shown at this width: ${dropped.join(', ')}`, width);
  return [...tableLines(shown), ...note].join('\n');
}

/** A bullet and a text that wraps at `width` beside it. */
export const bulletLine = (text: string, width: number): string => hanging(BULLET, text, width);

/** Rows of words in aligned columns, without lines. */
export function alignedRows(
  rows: readonly (readonly string[])[],
  aligns: readonly Column['align'][],
): readonly string[] {
  const widths = aligns.map((_, at) => widest(rows.map((row) => row[at] ?? '')));
  return rows.map((row) =>
    aligns
      .map((align, at) => padded(row[at] ?? '', widths[at] ?? 0, align))
      .join(GAP)
      .trimEnd(),
  );
}

function fitting(columns: readonly Column[], width: number): readonly Column[] {
  const highest = Math.max(...columns.map((column) => column.drop));
  if (highest === 0 || tableWidth(columns) <= width) return columns;
  return fitting(
    columns.filter((column) => column.drop < highest),
    width,
  );
}

const tableWidth = (columns: readonly Column[]): number =>
  columns.reduce((sum, { head, cells }) => sum + widest([head, ...cells]), 0) +
  GAP.length * (columns.length - 1);

function tableLines(columns: readonly Column[]): readonly string[] {
  const height = columns[0]?.cells.length ?? 0;
  const body = Array.from({ length: height }, (_, at) => columns.map(({ cells }) => cells[at] ?? ''));
  const lines = alignedRows(
    [columns.map(({ head }) => head), ...body],
    columns.map(({ align }) => align),
  );
  const rule = '─'.repeat(tableWidth(columns));
  return [...lines.slice(0, 1), rule, ...lines.slice(1, -1), rule, ...lines.slice(-1)];
}

const widest = (cells: readonly string[]): number =>
  cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), 0);
