import { displayWidth, padded } from './text-layout.js';

const INDENT = '  ';

interface Stacked {
  readonly head: string;
  readonly cells: readonly string[];
}

/**
 * A table that is too wide even with its fewest columns: the first cell of each row, below it a line for each
 * other one. A table of two columns is a list of names and figures, its head among them.
 */
export function stackedRows([names, ...columns]: readonly Stacked[], width: number): readonly string[] {
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

/** A name and its figure in one line, or in two where there is no room. */
export function pairLines(name: string, figure: string, nameWidth: number, width: number): readonly string[] {
  const beside = `${padded(name, nameWidth, 'left')}  ${figure}`;
  return displayWidth(beside) <= width ? [beside] : [name, INDENT + figure];
}
