import type { Decimal } from '../models/decimal.js';
import { printable } from './escape.js';

/** What a view prints, free of any format; every text in it is safe for a terminal. */
export interface Document {
  readonly title: string;
  /** Beside the title of a page: currency, or what it is of. */
  readonly about: string;
  /** ms since 1970 */
  readonly now: number;
  readonly sections: readonly Section[];
  /** The same facts for a spreadsheet. */
  readonly records: () => Records;
}

export interface Section {
  /** The heading; a section without one continues the section before. */
  readonly name?: string;
  /** Beside or below the heading: age, period, currency. */
  readonly meta: readonly Content[];
  /** Right below the heading, before `blocks`. */
  readonly intro: readonly (Lines | Changes)[];
  readonly blocks: readonly Block[];
}

export type Block = Lines | Changes | Table | Figures | Chart | Notes;

/** What a colour means. `bar` is drawn, not written. */
export type Tone = 'gain' | 'loss' | 'doubt' | 'bar';

export interface Cell {
  readonly text: string;
  readonly tone?: Tone | undefined;
  /** A sign beside the text that a note explains; it has a place of its own. */
  readonly mark?: string;
  /** The name of an asset or account, which narrow formats shorten. */
  readonly isName?: boolean;
  /** Printed below the text by formats that have room for it. */
  readonly details?: readonly Cell[];
}

export type Content = string | Cell;

export interface Lines {
  readonly kind: 'lines';
  readonly lines: readonly { readonly text: string; readonly style?: 'failure' | 'quiet' | 'strong' }[];
}

/** `Gain over 24 h +5.00, over 7 d -3.00`, with a line of one character a value. */
export interface Changes {
  readonly kind: 'changes';
  readonly lead: string;
  readonly parts: readonly { readonly name: string; readonly cell: Cell }[];
  readonly trend?: { readonly name: string; readonly line: string } | undefined;
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
}

interface ColumnFrame {
  readonly key: string;
  /** Empty for a column of bars. */
  readonly title: string;
  readonly align: 'left' | 'right';
  /** On a narrow terminal the column with the highest number is dropped first; 0 is never dropped. */
  readonly priority: number;
  /** Key of the column whose cells show this one's text below their own, in formats that have room. */
  readonly below?: string;
}

export interface Column extends ColumnFrame {
  readonly cells: readonly Cell[];
  /** In the last row; empty if the column has no sum. */
  readonly total: Cell;
}

/** How a column is declared: right-aligned and never dropped unless stated. */
export interface ColumnOf<Row> extends Omit<ColumnFrame, 'align' | 'priority'> {
  readonly align?: ColumnFrame['align'];
  readonly priority?: number;
  readonly cell: (row: Row) => Content;
  readonly total?: Content;
}

/** Named figures, one below the other. */
export interface Figures {
  readonly kind: 'figures';
  readonly figures: readonly {
    readonly name: string;
    readonly cell: Cell;
    readonly isSum?: boolean;
  }[];
}

/** Values over time with at least one value. */
export interface Chart {
  readonly kind: 'chart';
  readonly points: readonly ChartPoint[];
  /** Periods without a complete snapshot. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Text at the axis for a value, if two marks are `step` apart. */
  readonly label: (value: Decimal, step: Decimal) => string;
  readonly summary: readonly Content[];
  /** Printed only if the format marks every point. */
  readonly pointNote: string | undefined;
  readonly notes: readonly string[];
}

/** A value to draw: on the line, joined to the one before or not, or beside the line. */
export interface ChartPoint {
  readonly time: number;
  readonly value: Decimal;
  readonly mark: 'line' | 'joined' | 'beside';
}

export const POINT = '●';
export const BESIDE = '×';

export interface Notes {
  readonly kind: 'notes';
  readonly notes: readonly string[];
}

/** Names of columns are a contract. A Decimal is rounded unless every digit is wanted; undefined is not known. */
export interface Records {
  readonly keys: readonly string[];
  readonly rows: readonly (readonly Field[])[];
}

export type Field = Decimal | string | boolean | undefined;

export const recordsOf = <Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => Field>>,
): Records => ({
  keys: Object.keys(columns),
  rows: rows.map((row) => Object.values(columns).map((field) => field(row))),
});

/** `end` is the last row; a column's own `total` takes precedence. */
export function tableOf<Row>(
  caption: string,
  rows: readonly Row[],
  columns: readonly ColumnOf<Row>[],
  end?: Row,
): Table {
  return {
    kind: 'table',
    caption,
    columns: columns.map(({ cell, total, align = 'right', priority = 0, ...frame }) => ({
      ...frame,
      align,
      priority,
      cells: rows.map((row) => cellOf(cell(row))),
      total: cellOf(total ?? (end === undefined ? '' : cell(end))),
    })),
  };
}

export const cellOf = (content: Content): Cell => (typeof content === 'string' ? { text: content } : content);

export const nameCell = (name: string): Cell => ({ text: printable(name), isName: true });

/** The tone of a change by its sign, as it is printed: `0.00` has none. */
export function toneOf(value: Decimal | undefined): Tone | undefined {
  if (value === undefined || value.toDecimalPlaces(2).isZero()) return undefined;
  return value.isNegative() ? 'loss' : 'gain';
}

/** No block if there is no note. */
export const notesOf = (notes: readonly string[]): readonly Notes[] =>
  notes.length === 0 ? [] : [{ kind: 'notes', notes }];

const MAX_NAME_LENGTH = 20;

export function shortName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= MAX_NAME_LENGTH
    ? name
    : `${characters.slice(0, MAX_NAME_LENGTH - 1).join('')}…`;
}
