import { printable } from './escape.js';
import { percentOf } from '../models/percent.js';
import { type HoldingFigures } from '../accounting/holding-figures.js';
import { PARTIAL } from './holdings-table.js';
import { formatQuantity, formatShare } from './numbers.js';

/** Explains every mark of a P&L that covers a part of the quantity; `rows` are those of the table itself. */
export function partialNotes(
  rows: readonly HoldingFigures[],
  { privacy }: { readonly privacy: boolean },
): readonly string[] {
  const partial = rows.filter((row) => row.partial);
  const byCost = partial.filter(({ holding }) => holding.cost.knownQuantity.lt(holding.quantity));
  const byAccount = partial.filter((row) => !byCost.includes(row));
  return [
    ...noteOn(byCost, (row) => costText(row, privacy), 'Cost known for', 'the P&L is of that part only.'),
    ...noteOn(
      byAccount,
      ({ holding }) => printable(holding.asset),
      'P&L of',
      'only of the accounts in which both price and cost are known.',
    ),
  ];
}

function noteOn(
  rows: readonly HoldingFigures[],
  textOf: (row: HoldingFigures) => string,
  lead: string,
  end: string,
): readonly string[] {
  if (rows.length === 0) return [];
  const mark = rows.some(({ pnl }) => pnl !== undefined) ? `${PARTIAL} ` : '';
  return [`${mark}${lead} ${rows.map(textOf).join(', ')}: ${end}`];
}

function costText({ holding: { asset, cost, quantity } }: HoldingFigures, privacy: boolean): string {
  if (privacy) return `${formatShare(percentOf(cost.knownQuantity, quantity))} of ${printable(asset)}`;
  return `${formatQuantity(cost.knownQuantity)} of ${formatQuantity(quantity)} ${printable(asset)}`;
}
