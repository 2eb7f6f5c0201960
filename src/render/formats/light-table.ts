import { stripVTControlCharacters } from 'node:util';
import { displayWidth, hanging, padded, wrapped } from '../text-layout.js';

/** A column as it is printed; its last cell is the total. */
export interface TextColumn {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** The column with the highest number is dropped first; 0 is never dropped. */
  readonly priority: number;
}

const INDENT = '  ';
const GAP = '  ';
const BULLET = '· ';

/**
 * A table with rules under the head and above the last row. Columns are dropped until it fits `width`, and named
 * below it; if the remaining ones do not fit, every figure has a line of its own.
 */
export function lightTable(columns: readonly TextColumn[], width: number): string {
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
  aligns: readonly TextColumn['align'][],
): readonly string[] {
  const widths = aligns.map((_, at) => widest(rows.map((row) => row[at] ?? '')));
  return rows.map((row) =>
    aligns
      .map((align, at) => padded(row[at] ?? '', widths[at] ?? 0, align))
      .join(GAP)
      .trimEnd(),
  );
}

function fitting(columns: readonly TextColumn[], width: number): readonly TextColumn[] {
  const highest = Math.max(...columns.map((column) => column.priority));
  if (highest === 0 || tableWidth(columns) <= width) return columns;
  return fitting(
    columns.filter((column) => column.priority < highest),
    width,
  );
}

const tableWidth = (columns: readonly TextColumn[]): number =>
  columns.reduce((sum, { head, cells }) => sum + widest([head, ...cells]), 0) +
  GAP.length * (columns.length - 1);

function tableLines(columns: readonly TextColumn[]): readonly string[] {
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

/**
 * A table that is too wide even with its fewest columns: the first cell of each row, below it a line for each
 * other one. A table of two columns is a list of names and figures, its head among them.
 */
function stackedRows([names, ...columns]: readonly TextColumn[], width: number): readonly string[] {
  if (!names) return [];
  const rule = '─'.repeat(Math.min(width, 40));
  const [only, ...more] = columns;
  if (only && more.length === 0) {
    const figures = [only.head, ...only.cells];
    return [names.head, ...names.cells].flatMap((name, at) => pairLines(name, figures[at] ?? '', 0, width));
  }
  const named = columns.filter(({ head }) => head.trim() !== '');
  const widest = Math.max(...named.map(({ head }) => displayWidth(head.trim())));
  return names.cells.flatMap((name, at) => [
    ...(at === names.cells.length - 1 ? [rule] : []),
    ...(name.trim() === '' ? [] : [name]),
    ...named.flatMap(({ head, cells }) => {
      const cell = (cells[at] ?? '').trim();
      return cell === '' ? [] : indented(pairLines(head.trim(), cell, widest, width - INDENT.length));
    }),
  ]);
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => INDENT + line);

/** A name and its figure in one line, or in two if there is no room. */
export function pairLines(name: string, figure: string, nameWidth: number, width: number): readonly string[] {
  const beside = `${padded(name, nameWidth, 'left')}  ${figure}`;
  return displayWidth(beside) <= width ? [beside] : [name, INDENT + figure];
}
