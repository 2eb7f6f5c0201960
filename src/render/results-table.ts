import type { Decimal } from '../models/decimal.js';
import type { AccountResults, AssetResult, Results, TotalResult } from '../models/results.js';
import type { Paint } from './colour.js';
import { painter } from './colour.js';
import { printable } from './escape.js';
import { assetName, NO_GAIN, PARTIAL, tinted } from './holdings-table.js';
import { alignedRows, bulletLine, type Column, lightTable } from './light-table.js';
import { formatGain, formatMoney, UNKNOWN } from './numbers.js';
import { pairLines } from './stacked-rows.js';
import { displayWidth } from './text-layout.js';
import { figureOf, RESULT_FIGURES, type ResultFigure } from './result-figures.js';
import { absentNotes, resultNotes, windowText } from './results-notes.js';

export interface ResultsOptions {
  readonly colour: boolean;
  readonly width: number;
  readonly currency: string;
}

/** Plain amounts, neither gain nor loss. */
const PLAIN: ReadonlySet<ResultFigure['name']> = new Set([
  'feesPaid',
  'deposits',
  'withdrawals',
  'unmatchedProceeds',
]);

/** What was realized, earned, paid and moved in a period: each account in total and by asset, then all together. */
export function renderResults(results: Results, options: ResultsOptions): string {
  const paint = painter(options.colour);
  const { accounts, total, window } = results;
  const sections = accounts.map((account) => accountSection(account, results, options, paint));
  if (accounts.length > 1) {
    const head = `All ${accounts.length} accounts`;
    const from = accounts.every((account) => account.from !== undefined)
      ? accounts.map((account) => account.from ?? '').sort()[0]
      : window.from;
    sections.push(
      [
        ...heading(head, windowText({ from, to: window.to }), options, paint),
        '',
        ...statement(total, options, paint),
      ].join('\n'),
    );
  }
  const notes = absentNotes(results).map((note) => bulletLine(note, options.width));
  if (notes.length > 0) sections.push(notes.join('\n'));
  return sections.map((section) => `${section}\n`).join('\n');
}

function accountSection(
  account: AccountResults,
  results: Results,
  options: ResultsOptions,
  paint: Paint,
): string {
  const { from, assets, total } = account;
  const head = printable(account.account);
  const notes = resultNotes(account, results);
  return [
    ...heading(head, windowText({ from, to: results.window.to }), options, paint),
    '',
    ...(assets.length === 0 ? ['Nothing was counted in that time.'] : statement(total, options, paint)),
    ...(assets.length > 1 ? ['', assetTable(account, options, paint)] : []),
    '',
    ...notes.map((note) => bulletLine(note, options.width)),
  ].join('\n');
}

/** Side by side where there is room, else a line each. */
function heading(name: string, window: string, { currency, width }: ResultsOptions, paint: Paint): string[] {
  const more = `${window}, in ${currency}`;
  const bold = paint('bold', name);
  const fits = name.length + more.length + 2 <= width;
  return fits
    ? [`${bold}  ${paint('dim', more)}`]
    : [bold, paint('dim', window), paint('dim', `in ${currency}`)];
}

/** One below the other, which fits any width; what is rare is said only where it was. */
function statement(total: TotalResult, { width }: ResultsOptions, paint: Paint): readonly string[] {
  const figures = RESULT_FIGURES.filter(
    ({ name, of }) => name !== 'unmatchedProceeds' || !of(total.sums).isZero(),
  );
  const mark = total.leavesOut.length > 0 ? PARTIAL : '';
  const rows = figures.map((figure) => {
    const text = amountText(figure, figureOf(figure, total), paint, '0.00');
    const bold = figure.name === 'realized' || figure.name === 'netFlows';
    return [bold ? paint('bold', figure.label) : figure.label, bold ? paint('bold', text) : text, mark];
  });
  const lines = alignedRows(rows, ['left', 'right', 'left']);
  if (lines.every((line) => displayWidth(line) <= width)) return lines;
  return rows.flatMap(([label = '', text = '', sign = '']) => pairLines(label, text + sign, 0, width));
}

/** A column whose every cell is nothing is left out. */
function assetTable({ assets, total }: AccountResults, { width }: ResultsOptions, paint: Paint): string {
  const marked = assets.some(isPartial);
  const mark = (result: AssetResult) => (isPartial(result) ? PARTIAL : '');
  const moved = RESULT_FIGURES.filter(
    (figure) => figure.drop === 0 || assets.some((result) => figureOf(figure, result)?.isZero() !== true),
  );
  const columns: readonly Column[] = [
    {
      head: paint('bold', 'Asset'),
      align: 'left',
      cells: [
        ...assets.map((result) => assetName(result.asset) + mark(result)),
        paint('bold', `Total${marked ? PARTIAL : ''}`),
      ],
      drop: 0,
    },
    ...moved.map((figure): Column => ({
      head: paint('bold', figure.head),
      align: 'right',
      cells: [
        ...assets.map((result) => amountText(figure, figureOf(figure, result), paint, NO_GAIN)),
        paint('bold', amountText(figure, figureOf(figure, total), paint, NO_GAIN)),
      ],
      drop: figure.drop,
    })),
  ];
  return lightTable(columns, width);
}

const isPartial = ({ unvalued }: AssetResult): boolean => !unvalued.isZero();

function amountText(
  { name }: ResultFigure,
  amount: Decimal | undefined,
  paint: Paint,
  nothing: string,
): string {
  if (amount === undefined) return UNKNOWN;
  if (amount.isZero()) return nothing;
  return PLAIN.has(name) ? formatMoney(amount) : tinted(paint, amount, formatGain(amount));
}
