import type { HoldingFigures } from '../../accounting/holding-figures.js';
import { type Coin, coinName } from '../../accounting/same-coins.js';
import type { Decimal } from '../../models/decimal.js';
import { percentOf } from '../../models/figures.js';
import { BOOKS_CURRENCY, type Rate } from '../../models/currencies.js';
import { ago } from '../../models/duration.js';
import { count } from '../../models/text.js';
import { printable } from '../escape.js';
import { formatPrice, formatQuantity, formatShare, PARTIAL } from '../numbers.js';

/** How many rows a minimum hides. */
export const hiddenNote = (hidden: number, minimum: Decimal, currency: string): readonly string[] =>
  hidden === 0
    ? []
    : [
        `${count(hidden, 'asset')} under ${formatQuantity(minimum)} ${currency} not shown, but in the totals.`,
      ];

/** Explains every mark of a P&L that covers a part of the quantity; `rows` are those of the table. */
export function partialNotes(rows: readonly HoldingFigures[], privacy: boolean): readonly string[] {
  const partial = rows.filter((row) => row.partial);
  const byCost = partial.filter(({ holding }) => holding.cost.knownQuantity.lt(holding.quantity));
  const byAccount = partial.filter((row) => !byCost.includes(row));
  const mark = (part: readonly HoldingFigures[]) => (part.some(({ pnl }) => pnl) ? `${PARTIAL} ` : '');
  const parts = byCost.map((row) => knownCost(row, privacy)).join(', ');
  const names = byAccount.map(({ holding }) => printable(holding.asset)).join(', ');
  return [
    ...(parts === '' ? [] : [`${mark(byCost)}Cost known for ${parts}: the P&L is of that part only.`]),
    ...(names === ''
      ? []
      : [`${mark(byAccount)}P&L of ${names}: only of the accounts in which both price and cost are known.`]),
  ];
}

function knownCost({ holding: { asset, cost, quantity } }: HoldingFigures, privacy: boolean): string {
  if (privacy) return `${formatShare(percentOf(cost.knownQuantity, quantity))} of ${printable(asset)}`;
  return `${formatQuantity(cost.knownQuantity)} of ${formatQuantity(quantity)} ${printable(asset)}`;
}

/** A sentence on each ticker that means different coins. */
export const differentCoinNotes = (coins: ReadonlyMap<string, readonly Coin[]>): readonly string[] =>
  [...coins].flatMap(([asset, several]) => {
    if (several.length < 2) return [];
    const names = several.map(({ exchanges }) => {
      const name = exchanges
        .map((exchange) => coinName(asset, exchange))
        .find((known) => known !== undefined);
      return `${exchanges.map(printable).join(', ')}${name === undefined ? '' : ` (${name})`}`;
    });
    return [
      `${printable(asset)} is not the same coin on every exchange, by name or price, so it has a row for each: ${names.join('; ')}.`,
    ];
  });

/** By which rate everything is converted: not that of the day of a purchase. */
export function rateNote(rate: Rate | undefined, now: number): readonly string[] {
  if (!rate) return [];
  const { currency, price, route, pricedAt } = rate;
  const markets = printable(route.join(', '));
  return [
    `Converted from ${BOOKS_CURRENCY} at 1 ${currency} = ${formatPrice(price)} ${BOOKS_CURRENCY} ` +
      `(${markets}, ${ago(pricedAt, now)}), earlier costs and realized P&L too.`,
  ];
}
