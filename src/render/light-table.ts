import Table from 'cli-table3';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** Of the columns shown the one with the highest is dropped first; 0 stays. */
  readonly drop: number;
}

const BULLET_WIDTH = 2;
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
const NO_STYLE = { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true };

/** A table with rules under the head and above the last row; columns are dropped until it fits `width`. */
export function lightTable(columns: readonly Column[], width: number): string {
  const lines = draw(columns).split('\n');
  const rule = lines[1] ?? '';
  const dropped = rule.length > width ? withoutMostDroppable(columns) : columns;
  if (dropped.length < columns.length) return lightTable(dropped, width);
  return withoutTrailingSpace([...lines.slice(0, -1), rule, ...lines.slice(-1)].join('\n'));
}

/** A bullet and a text that wraps at `width` beside it. */
export function bulletLine(text: string, width: number): string {
  const table = new Table({
    chars: NO_LINES,
    colWidths: [BULLET_WIDTH, Math.max(width - BULLET_WIDTH, 20)],
    wordWrap: true,
    style: NO_STYLE,
  });
  table.push(['·', text]);
  return withoutTrailingSpace(table.toString());
}

/** Rows of words in aligned columns, without lines. */
export function alignedRows(
  rows: readonly (readonly string[])[],
  aligns: readonly Column['align'][],
): readonly string[] {
  const table = new Table({ chars: { ...NO_LINES, middle: '  ' }, colAligns: [...aligns], style: NO_STYLE });
  table.push(...rows.map((row) => [...row]));
  return withoutTrailingSpace(table.toString()).split('\n');
}

function draw(columns: readonly Column[]): string {
  const table = new Table({
    chars: { ...NO_LINES, mid: '─', 'mid-mid': '──', middle: '  ' },
    head: columns.map((column) => column.head),
    colAligns: columns.map((column) => column.align),
    style: NO_STYLE,
  });
  const height = columns[0]?.cells.length ?? 0;
  table.push(...Array.from({ length: height }, (_, at) => columns.map((column) => column.cells[at] ?? '')));
  return table.toString();
}

function withoutMostDroppable(columns: readonly Column[]): readonly Column[] {
  const highest = Math.max(...columns.map((column) => column.drop));
  return highest === 0 ? columns : columns.filter((column) => column.drop < highest);
}

function withoutTrailingSpace(text: string): string {
  return text.replace(/ +$/gm, '');
}
