import { type Paint, painter } from '../colour.js';
import {
  type Block,
  type Cell,
  cellOf,
  type Changes,
  type Chart,
  type Column,
  type Document,
  type Figures,
  type Lines,
  POINT,
  type Section,
  shortName,
  type Tone,
} from '../document.js';
import { displayWidth, fitted, wrapped } from '../text-layout.js';
import { alignedRows, bulletLine, lightTable, pairLines, type TextColumn } from './light-table.js';
import { lineChart } from './line-chart.js';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** A document as text of `width` columns. */
export function renderTerminal({ sections }: Document, { colour, width }: TerminalOptions): string {
  const frame = { paint: painter(colour), width };
  return sections.map((section) => `${sectionLines(section, frame).join('\n')}\n`).join('\n');
}

interface Frame {
  readonly paint: Paint;
  readonly width: number;
}

const COLOURS = { gain: 'green', loss: 'red', doubt: 'yellow', bar: 'cyan' } as const;
const STYLES = { failure: 'red', quiet: 'dim', strong: 'bold' } as const;

function sectionLines(section: Section, frame: Frame): readonly string[] {
  const head = [...headingLines(section, frame), ...section.intro.flatMap((one) => blockLines(one, frame))];
  const blocks = section.blocks.map((one) => blockLines(one, frame));
  return blocks.reduce((all, lines) => (all.length === 0 ? lines : [...all, '', ...lines]), head);
}

/** Everything in one line if it fits, else the name with the rest below it. */
function headingLines({ name, meta }: Section, { paint, width }: Frame): readonly string[] {
  if (name === undefined) return [];
  const parts = meta.map((part) => quiet(cellOf(part), paint));
  const beside = parts.join(paint('dim', ', '));
  const line = [paint('bold', name), ...(meta.length > 0 ? [beside] : [])].join('  ');
  if (displayWidth(line) <= width) return [line];
  const names = wrapped(name, width).map((text) => paint('bold', text));
  return [...names, ...(displayWidth(beside) <= width ? [beside] : parts)];
}

const quiet = ({ text, tone }: Cell, paint: Paint): string =>
  tone ? toned(text, tone, paint) : paint('dim', text);

function blockLines(block: Block, frame: Frame): readonly string[] {
  switch (block.kind) {
    case 'lines':
      return textLines(block, frame);
    case 'changes':
      return changeLines(block, frame);
    case 'table':
      return [
        lightTable(
          block.columns.map((column) => textColumn(column, frame.paint)),
          frame.width,
        ),
      ];
    case 'figures':
      return figureLines(block, frame);
    case 'chart': {
      const { lines, notes } = chartText(block, frame);
      return notes.length === 0
        ? lines
        : [...lines, '', ...notes.map((note) => bulletLine(note, frame.width))];
    }
    case 'notes':
      return block.notes.map((note) => bulletLine(note, frame.width));
  }
}

const textLines = ({ lines }: Lines, { paint, width }: Frame): readonly string[] =>
  lines.flatMap(({ text, style }) =>
    wrapped(text, width).map((line) => (style ? paint(STYLES[style], line) : line)),
  );

/** One line if it fits, else a line for each part. */
function changeLines({ lead, parts, trend }: Changes, { paint, width }: Frame): readonly string[] {
  const texts = parts.map(({ name, cell }) => `${name} ${toned(cell.text, cell.tone, paint)}`);
  const drawn = trend ? [{ name: trend.name, line: paint('cyan', trend.line) }] : [];
  const beside = [`${lead} over ${texts.join(', over ')}`, ...drawn.map(({ line }) => line)].join('  ');
  if (displayWidth(beside) <= width) return [beside];
  return [
    ...texts.flatMap((text) => wrapped(`${lead} over ${text}`, width)),
    ...drawn.map(({ name, line }) => `${name} ${line}`),
  ];
}

function textColumn(column: Column, paint: Paint): TextColumn {
  const { title, align, priority, cells, total } = column;
  // Figures stay below one another if each has a place for a mark.
  const marked = align === 'right' && [...cells, total].some(({ mark }) => mark !== undefined);
  const textOf = (cell: Cell) => {
    const text = toned(plainText(cell), cell.tone, paint);
    return text === '' ? '' : text + (cell.mark ?? '').padEnd(marked ? 1 : 0);
  };
  const end = textOf(total);
  return {
    head: paint('bold', marked ? `${title} ` : title),
    align,
    priority,
    cells: [...cells.map(textOf), end === '' ? '' : paint('bold', end)],
  };
}

const plainText = ({ text, isName }: Cell): string => (isName ? shortName(text) : text);

const toned = (text: string, tone: Tone | undefined, paint: Paint): string =>
  tone ? paint(COLOURS[tone], text) : text;

function figureLines({ figures }: Figures, { paint, width }: Frame): readonly string[] {
  const rows = figures.map(({ name, cell, isSum }) => {
    const text = toned(cell.text, cell.tone, paint);
    return {
      name: isSum ? paint('bold', name) : name,
      text: isSum ? paint('bold', text) : text,
      mark: cell.mark ?? '',
    };
  });
  const lines = alignedRows(
    rows.map(({ name, text, mark }) => [name, text, mark]),
    ['left', 'right', 'left'],
  );
  if (lines.every((line) => displayWidth(line) <= width)) return lines;
  return rows.flatMap(({ name, text, mark }) => pairLines(name, text + mark, 0, width));
}

/** The drawing with the change below it, and the notes. */
export function chartText(
  { points, label, summary, pointNote, notes }: Chart,
  { paint, width }: Frame,
): { readonly lines: readonly string[]; readonly notes: readonly string[] } {
  const span = { from: points[0]?.time ?? 0, to: points.at(-1)?.time ?? 0 };
  const drawing = lineChart(points, { width, label, paint, ...span });
  const isMarked = drawing.some((line) => line.includes(POINT));
  const change = summary.map(cellOf).map(({ text, tone }) => toned(text, tone, paint));
  return {
    lines: [...drawing, '', ...fitted(change, width)],
    notes: [...(isMarked && pointNote !== undefined ? [pointNote] : []), ...notes],
  };
}
