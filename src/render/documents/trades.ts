import { costOf, feeOf, isPartial, priceOf } from '../../accounting/trace-figures.js';
import { isoDay } from '../../models/day.js';
import type { Decimal } from '../../models/decimal.js';
import type { AssetTrace, AssetTraces, Position, TraceLine } from '../../models/trace.js';
import {
  type Content,
  type Document,
  nameCell,
  notesOf,
  recordsOf,
  type Section,
  shortName,
  type Table,
  tableOf,
  toneOf,
} from '../document.js';
import { printable } from '../escape.js';
import {
  formatGain,
  formatMoney,
  formatPrice,
  formatQuantity,
  HIDDEN,
  NO_GAIN,
  PARTIAL,
  UNKNOWN,
} from '../numbers.js';
import { absentNotes, tradesNotes } from './trades-notes.js';

export interface TradesSettings {
  /** Amounts are hidden, prices are not. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** The events behind an average cost, a line each, with what is held after it: of each account. */
export function tradesDocument(traces: AssetTraces, settings: TradesSettings): Document {
  const notes = notesOf(absentNotes(traces));
  return {
    title: `Transactions of ${printable(traces.asset)}`,
    about: `in ${settings.currency}`,
    now: traces.now,
    sections: [
      ...traces.accounts.map((trace) => traceSection(trace, traces, settings)),
      ...(notes.length > 0 ? [{ meta: [], intro: [], blocks: notes }] : []),
    ],
    records: () => traceRecords(traces, settings),
  };
}

const traceSection = (trace: AssetTrace, traces: AssetTraces, settings: TradesSettings): Section => ({
  name: `${shortName(printable(trace.asset))} of ${printable(trace.account)}`,
  meta: [],
  intro: [{ kind: 'lines', lines: [{ text: `in ${settings.currency}, times in UTC`, style: 'quiet' }] }],
  blocks: [traceTable(trace, settings), ...notesOf(tradesNotes(trace, traces, settings))],
});

/** A line of the table: the result of the lines before, a movement, or the end. */
interface Row {
  readonly line?: TraceLine;
  readonly what: string;
  /** Undefined between the lines of one event. */
  readonly position: Position | undefined;
  readonly realized: Decimal | undefined;
}

function traceTable(trace: AssetTrace, { privacy, currency }: TradesSettings): Table {
  const { account, asset, cash, position, realized } = trace;
  const amount = (text: string) => (privacy && text !== UNKNOWN ? HIDDEN : text);
  const ofLine = (cell: (line: TraceLine) => Content) => (row: Row) => (row.line ? cell(row.line) : '');
  const ofPosition = (cell: (held: Position) => Content) => (row: Row) =>
    row.position ? cell(row.position) : '';
  const time = (from: number, to: number) =>
    ofLine((line) => new Date(line.time).toISOString().slice(from, to));
  const caption = `Transactions of ${printable(asset)} in ${printable(account)}, amounts in ${currency}`;
  return tableOf<Row>(
    caption,
    rowsOf(trace),
    [
      { key: 'day', title: 'Day', align: 'left', cell: ofLine((line) => isoDay(line.time)) },
      { key: 'time', title: 'UTC', align: 'left', priority: 6, cell: time(11, 19) },
      { key: 'what', title: 'What', align: 'left', cell: ({ what }) => what },
      {
        key: 'for',
        title: 'For',
        align: 'left',
        priority: 8,
        cell: ofLine(({ counter }) => (counter ? nameCell(counter) : '')),
      },
      {
        key: 'quantity',
        title: 'Quantity',
        cell: ofLine(({ quantity }) => amount(signed(quantity))),
      },
      { key: 'price', title: 'Price', priority: 5, cell: ofLine((line) => formatPrice(priceOf(line))) },
      { key: 'value', title: 'Value', priority: 4, cell: ofLine(({ value }) => amount(formatMoney(value))) },
      {
        key: 'fee',
        title: 'Fee',
        priority: 7,
        cell: ofLine((line) => (line.charges.length === 0 ? '' : amount(formatMoney(feeOf(line))))),
      },
      {
        key: 'held',
        title: 'Held',
        priority: 2,
        cell: ofPosition(({ quantity }) => amount(formatQuantity(quantity))),
      },
      {
        key: 'cost',
        title: 'Cost',
        priority: 3,
        cell: ofPosition((held) => (cash ? NO_GAIN : amount(formatMoney(costOf(held))))),
      },
      {
        key: 'average_entry',
        title: 'Average',
        cell: ofPosition((held) => (cash ? NO_GAIN : averageCell(held))),
      },
      { key: 'realized', title: 'Realized', priority: 3, cell: (row) => realizedCell(row, amount) },
    ],
    { what: 'in all', position, realized },
  );
}

const rowsOf = ({ lines, earlier }: AssetTrace): readonly Row[] => [
  ...(earlier ? [{ what: 'before', position: earlier.position, realized: earlier.realized }] : []),
  ...lines.map((line) => ({
    line,
    what: line.what,
    position: line.outcome?.position,
    realized: line.outcome?.realized,
  })),
];

const signed = (quantity: Decimal): string => (quantity.isPositive() ? '+' : '') + formatQuantity(quantity);

const averageCell = (held: Position): Content => ({
  text: held.quantity.isZero() ? NO_GAIN : formatPrice(held.average),
  ...(isPartial(held) ? { mark: PARTIAL } : {}),
});

/** Most events realize nothing. */
function realizedCell({ position, realized }: Row, amount: (text: string) => string): Content {
  if (!position) return '';
  if (realized?.isZero()) return NO_GAIN;
  return { text: amount(formatGain(realized)), tone: toneOf(realized) };
}

/** One record a line; what is held is in the last line of an event. */
function traceRecords({ accounts }: AssetTraces, { currency }: TradesSettings) {
  const rows = accounts.flatMap(({ account, asset, lines }) =>
    lines.map((line) => ({ account, asset, line, held: line.outcome?.position })),
  );
  return recordsOf(rows, {
    account: ({ account }) => account,
    asset: ({ asset }) => asset,
    time: ({ line }) => new Date(line.time).toISOString(),
    event: ({ line }) => line.event,
    what: ({ line }) => line.what,
    for: ({ line }) => line.counter,
    quantity: ({ line }) => line.quantity,
    price: ({ line }) => priceOf(line),
    value: ({ line }) => line.value,
    fee: ({ line }) => feeOf(line),
    realized: ({ line }) => line.outcome?.realized,
    held: ({ held }) => held?.quantity,
    cost_known_quantity: ({ held }) => held?.knownQuantity,
    cost: ({ held }) => held && costOf(held),
    average_entry: ({ held }) => held?.average,
    currency: () => currency,
  });
}
