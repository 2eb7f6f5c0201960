import { isoDay } from '../models/day.js';
import type { Decimal } from '../models/decimal.js';
import type { AssetTrace, AssetTraces, Position, TraceLine } from '../models/trace.js';
import { type Paint, painter } from './colour.js';
import { printable } from './escape.js';
import { assetName, HIDDEN, NO_GAIN, PARTIAL, tinted } from './holdings-table.js';
import { bulletLine, type Column, lightTable } from './light-table.js';
import { wrapped } from './text-layout.js';
import { formatGain, formatMoney, formatPrice, formatQuantity, UNKNOWN } from './numbers.js';
import { costOf, feeOf, isPartial, priceOf } from '../accounting/trace-figures.js';
import { absentNotes, tradesNotes } from './trades-notes.js';

export interface TradesOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Amounts are masked; prices stay. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** The events behind an average, a line each, with what is held after it: of each account. */
export function renderTrades(traces: AssetTraces, options: TradesOptions): string {
  const paint = painter(options.colour);
  const sections = traces.accounts.map((trace) =>
    [
      ...wrapped(`${assetName(trace.asset)} of ${printable(trace.account)}`, options.width).map((text) =>
        paint('bold', text),
      ),
      paint('dim', `in ${options.currency}, times in UTC`),
      '',
      lightTable(tradesColumns(trace, options, paint), options.width),
      '',
      ...tradesNotes(trace, traces, options).map((note) => bulletLine(note, options.width)),
    ].join('\n'),
  );
  const notes = absentNotes(traces).map((note) => bulletLine(note, options.width));
  if (notes.length > 0) sections.push(notes.join('\n'));
  return sections.map((section) => `${section}\n`).join('\n');
}

/** A line of the table: what the lines left out come to, a movement, or the end. */
interface Row {
  readonly line?: TraceLine;
  readonly what: string;
  /** Undefined between the lines of one event. */
  readonly position: Position | undefined;
  readonly realized: Decimal | undefined;
}

/** The quantity and the average stay on a narrow terminal. */
export function tradesColumns(
  trace: AssetTrace,
  options: Pick<TradesOptions, 'privacy'>,
  paint: Paint,
): readonly Column[] {
  const { cash } = trace;
  const rows = rowsOf(trace);
  const marked = rows.some(({ position }) => position !== undefined && isPartial(position));
  const amount = (text: string) => (options.privacy && text !== UNKNOWN ? HIDDEN : text);
  const column = (head: string, drop: number, cell: (row: Row) => string): Column => ({
    head: paint('bold', head),
    align: 'right',
    drop,
    cells: rows.map((row, at) => (at === rows.length - 1 ? bold(paint, cell(row)) : cell(row))),
  });
  const ofLine = (cell: (line: TraceLine) => string) => (row: Row) => (row.line ? cell(row.line) : '');
  const ofPosition = (cell: (position: Position) => string) => (row: Row) =>
    row.position ? cell(row.position) : '';
  const left = { align: 'left' } as const;
  return [
    {
      ...column(
        'Day',
        0,
        ofLine(({ time }) => isoDay(time)),
      ),
      ...left,
    },
    {
      ...column(
        'UTC',
        6,
        ofLine(({ time }) => new Date(time).toISOString().slice(11, 19)),
      ),
      ...left,
    },
    { ...column('What', 0, ({ what }) => what), ...left },
    {
      ...column(
        'For',
        8,
        ofLine(({ counter }) => (counter ? assetName(counter) : '')),
      ),
      ...left,
    },
    column(
      'Quantity',
      0,
      ofLine(({ quantity }) => amount(signed(quantity))),
    ),
    column(
      'Price',
      5,
      ofLine((line) => formatPrice(priceOf(line))),
    ),
    column(
      'Value',
      4,
      ofLine(({ value }) => amount(formatMoney(value))),
    ),
    column(
      'Fee',
      7,
      ofLine((line) => (line.charges.length === 0 ? '' : amount(formatMoney(feeOf(line))))),
    ),
    column(
      'Held',
      2,
      ofPosition(({ quantity }) => amount(formatQuantity(quantity))),
    ),
    column(
      'Cost',
      3,
      ofPosition((position) => (cash ? NO_GAIN : amount(formatMoney(costOf(position))))),
    ),
    column(
      'Average',
      0,
      ofPosition((position) => (cash ? NO_GAIN : averageText(position, marked))),
    ),
    column('Realized', 3, (row) => realizedText(row, amount, paint)),
  ];
}

function rowsOf({ lines, earlier, position, realized }: AssetTrace): readonly Row[] {
  return [
    ...(earlier ? [{ what: 'before', position: earlier.position, realized: earlier.realized }] : []),
    ...lines.map((line) => ({
      line,
      what: line.what,
      position: line.outcome?.position,
      realized: line.outcome?.realized,
    })),
    { what: 'in all', position, realized },
  ];
}

const bold = (paint: Paint, text: string): string => (text === '' ? text : paint('bold', text));

const signed = (quantity: Decimal): string => (quantity.isPositive() ? '+' : '') + formatQuantity(quantity);

/** The mark has a place of its own, so that the figures stay below one another. */
function averageText(position: Position, marked: boolean): string {
  const { average, quantity } = position;
  const text = quantity.isZero() ? NO_GAIN : formatPrice(average);
  return marked ? text + (isPartial(position) ? PARTIAL : ' ') : text;
}

/** Of most events there is nothing to realize. */
function realizedText({ position, realized }: Row, amount: (text: string) => string, paint: Paint): string {
  if (!position) return '';
  if (realized?.isZero()) return NO_GAIN;
  return tinted(paint, realized, amount(formatGain(realized)));
}
