import { displayWidth, hanging, padded } from './text-layout.js';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** Of the columns shown the one with the highest is dropped first; 0 stays. */
  readonly drop: number;
}

const GAP = '  ';
const BULLET = '· ';

/** A table with rules under the head and above the last row; columns are dropped until it fits `width`. */
export function lightTable(columns: readonly Column[], width: number): string {
  const rows = rowsOf(columns);
  const lines = alignedRows(
    rows,
    columns.map(({ align }) => align),
  );
  const ruleWidth = columns.reduce((sum, { head, cells }) => sum + widest([head, ...cells]), 0);
  const rule = '─'.repeat(ruleWidth + GAP.length * (columns.length - 1));
  const dropped = rule.length > width ? withoutMostDroppable(columns) : columns;
  if (dropped.length < columns.length) return lightTable(dropped, width);
  return [...lines.slice(0, 1), rule, ...lines.slice(1, -1), rule, ...lines.slice(-1)].join('\n');
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

function rowsOf(columns: readonly Column[]): readonly (readonly string[])[] {
  const height = columns[0]?.cells.length ?? 0;
  const body = Array.from({ length: height }, (_, at) => columns.map(({ cells }) => cells[at] ?? ''));
  return [columns.map(({ head }) => head), ...body];
}

const widest = (cells: readonly string[]): number =>
  cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), 0);

function withoutMostDroppable(columns: readonly Column[]): readonly Column[] {
  const highest = Math.max(...columns.map((column) => column.drop));
  return highest === 0 ? columns : columns.filter((column) => column.drop < highest);
}
