import { knownFigure } from '../../accounting/total-result.js';
import type { AccountResults, AssetResult, DayWindow, Results, TotalResult } from '../../models/results.js';
import {
  type Cell,
  type ColumnOf,
  type Document,
  type Field,
  type Figures,
  notesOf,
  recordsOf,
  type Section,
  type Table,
  tableOf,
  toneOf,
} from '../document.js';
import { count } from '../../models/text.js';
import { printable } from '../escape.js';
import { formatGain, formatMoney, HIDDEN, NO_GAIN, PARTIAL, UNKNOWN } from '../numbers.js';
import { RESULT_FIGURES, type ResultFigure } from './result-figures.js';
import { absentNotes, resultNotes } from './results-notes.js';
import { DAY_MS } from '../../models/day.js';

export interface ResultsSettings {
  /** Amounts are hidden. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** What was realized, earned, paid and moved in a period: each account in total and by asset, then all together. */
export function resultsDocument(results: Results, settings: ResultsSettings): Document {
  const { accounts, now } = results;
  const notes = notesOf(absentNotes(results));
  return {
    title: 'Results',
    about: `in ${settings.currency}`,
    now,
    sections: [
      ...accounts.map((account) => accountSection(account, results, settings)),
      ...(accounts.length > 1 ? [totalSection(results, settings)] : []),
      ...(notes.length > 0 ? [{ meta: [], intro: [], blocks: notes }] : []),
    ],
    records: () => resultRecords(results, settings),
  };
}

function accountSection(account: AccountResults, results: Results, settings: ResultsSettings): Section {
  const { assets, from, total } = account;
  return {
    name: printable(account.account),
    meta: [windowText({ from, to: results.window.to }), `in ${settings.currency}`],
    intro: [],
    blocks: [
      assets.length === 0
        ? { kind: 'lines', lines: [{ text: 'No results in this period.' }] }
        : statement(total, settings),
      ...(assets.length > 1 ? [assetTable(account, settings)] : []),
      ...notesOf(resultNotes(account, results, settings)),
    ],
  };
}

function totalSection({ accounts, total, window }: Results, settings: ResultsSettings): Section {
  const from = accounts.every((account) => account.from !== undefined)
    ? accounts.map((account) => account.from ?? '').sort()[0]
    : window.from;
  return {
    name: `All ${accounts.length} accounts`,
    meta: [windowText({ from, to: window.to }), `in ${settings.currency}`],
    intro: [],
    blocks: [statement(total, settings)],
  };
}

/** `2026-01-03 to 2026-01-09, 7 UTC days` */
function windowText({ from, to }: DayWindow): string {
  if (from === undefined) return `up to ${to}, UTC days`;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return `${from} to ${to}, ${count(days, 'UTC day')}`;
}

/** Rare figures are included only if there are any. */
function statement(total: TotalResult, settings: ResultsSettings): Figures {
  const mark = total.leavesOut.length > 0 ? { mark: PARTIAL } : {};
  const figures = RESULT_FIGURES.filter(
    ({ name, of }) => name !== 'unmatchedProceeds' || !of(total.sums).isZero(),
  );
  return {
    kind: 'figures',
    figures: figures.map((figure) => ({
      name: figure.label,
      cell: { ...figureCell(figure, total, settings, '0.00'), ...mark },
      isSum: figure.isSum ?? false,
    })),
  };
}

/** A table without the columns in which every cell is empty. */
function assetTable({ account, assets, total }: AccountResults, settings: ResultsSettings): Table {
  const moved = RESULT_FIGURES.filter(
    (figure) => figure.isSum ?? assets.some((result) => knownFigure(figure.of, result)?.isZero() !== true),
  );
  const mark = (isMarked: boolean) => (isMarked ? { mark: PARTIAL } : {});
  const columns: readonly ColumnOf<AssetResult | TotalResult>[] = [
    {
      key: 'asset',
      title: 'Asset',
      align: 'left',
      cell: (result) =>
        'asset' in result
          ? { text: printable(result.asset), isName: true, ...mark(isPartial(result)) }
          : { text: 'Total', ...mark(assets.some(isPartial)) },
    },
    ...moved.map((figure) => ({
      key: figure.key,
      title: figure.title,
      priority: figure.priority,
      cell: (result: AssetResult | TotalResult) => figureCell(figure, result, settings, NO_GAIN),
    })),
  ];
  return tableOf(`Results of ${printable(account)}, amounts in ${settings.currency}`, assets, columns, total);
}

const isPartial = ({ unvalued }: AssetResult): boolean => !unvalued.isZero();

function figureCell(
  { of, isPlain }: ResultFigure,
  result: AssetResult | TotalResult,
  { privacy }: ResultsSettings,
  nothing: string,
): Cell {
  const amount = knownFigure(of, result);
  if (amount === undefined) return { text: UNKNOWN };
  if (amount.isZero()) return { text: nothing };
  const text = privacy ? HIDDEN : isPlain ? formatMoney(amount) : formatGain(amount);
  return { text, tone: isPlain ? undefined : toneOf(amount) };
}

/** One record an asset of an account. */
function resultRecords({ accounts, window }: Results, { currency }: ResultsSettings) {
  const rows = accounts.flatMap(({ account, from, assets }) =>
    assets.map((result) => ({ account, from, result })),
  );
  type RecordRow = (typeof rows)[number];
  return recordsOf<RecordRow>(rows, {
    account: ({ account }) => account,
    asset: ({ result }) => result.asset,
    first_day: ({ from }) => from,
    last_day: () => window.to,
    ...Object.fromEntries(
      RESULT_FIGURES.map(({ key, of }) => [key, ({ result }: RecordRow): Field => knownFigure(of, result)]),
    ),
    unvalued_quantity: ({ result }) => result.unvalued,
    missing_quantity: ({ result }) => result.missing,
    realized_is_estimate: ({ result }) => result.estimated,
    currency: () => currency,
  });
}
