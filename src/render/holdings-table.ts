import type { Decimal } from '../models/decimal.js';
import { shareBar } from './bars.js';
import type { Paint } from './colour.js';
import { printable } from './escape.js';
import type { HoldingFigures, PortfolioTotals } from '../accounting/holding-figures.js';
import type { Column } from './light-table.js';
import {
  formatChange,
  formatGain,
  formatMoney,
  formatPrice,
  formatQuantity,
  formatShare,
  UNKNOWN,
} from './numbers.js';

export const HIDDEN = '•••••';
/** Money has no profit or loss of its own: not unknown, not 0. */
export const NO_GAIN = '·';
/** The P&L of a part of the quantity. */
export const PARTIAL = '*';

const LONGEST_ASSET = 20;

/** The rows with their totals below; the least needed columns give way on a narrow terminal. */
export function holdingsColumns(
  rows: readonly HoldingFigures[],
  totals: PortfolioTotals,
  options: { privacy: boolean; paint: Paint },
): readonly Column[] {
  const { paint, privacy } = options;
  const amount = (text: string) => (privacy && text !== UNKNOWN ? HIDDEN : text);
  const marked = rows.some((row) => row.partial && row.pnl !== undefined);
  const gain = (value: Decimal | undefined, text: string, mark = '') =>
    tinted(paint, value, text) + (marked ? mark.padEnd(1) : '');
  const column = (head: string, drop: number, cell: (row: HoldingFigures) => string, total = ''): Column => ({
    head: paint('bold', head),
    align: 'right',
    cells: [...rows.map(cell), total === '' ? '' : paint('bold', total)],
    drop,
  });
  return [
    { ...column('Asset', 0, (row) => assetName(row.holding.asset), 'Total'), align: 'left' },
    column('Quantity', 0, ({ holding }) => amount(formatQuantity(holding.quantity))),
    column('Price', 4, (row) => formatPrice(row.price)),
    column('Value', 0, (row) => amount(formatMoney(row.value)), amount(formatMoney(totals.value))),
    column('Avg entry', 5, ({ cash, holding }) => (cash ? NO_GAIN : formatPrice(holding.cost.averageEntry))),
    column(
      marked ? 'P&L ' : 'P&L',
      1,
      (row) =>
        row.cash
          ? gain(undefined, NO_GAIN)
          : gain(row.pnl, amount(formatGain(row.pnl)), row.partial && row.pnl ? PARTIAL : ''),
      gain(totals.pnl, amount(formatGain(totals.pnl))),
    ),
    column(
      'P&L %',
      3,
      (row) => (row.cash ? NO_GAIN : tinted(paint, row.pnlPercent, formatChange(row.pnlPercent))),
      tinted(paint, totals.pnlPercent, formatChange(totals.pnlPercent)),
    ),
    column('Weight', 6, (row) => formatShare(row.weight)),
    { ...column('', 7, (row) => paint('cyan', shareBar(row.weight))), align: 'left' },
  ];
}

/** Green for a gain and red for a loss, by what is shown: `0.00` has no colour. */
export function tinted(paint: Paint, value: Decimal | undefined, text: string): string {
  if (value === undefined || value.toDecimalPlaces(2).isZero()) return text;
  return paint(value.isNegative() ? 'red' : 'green', text);
}

export function assetName(asset: string): string {
  const characters = Array.from(printable(asset));
  return characters.length <= LONGEST_ASSET
    ? characters.join('')
    : `${characters.slice(0, LONGEST_ASSET - 1).join('')}…`;
}
