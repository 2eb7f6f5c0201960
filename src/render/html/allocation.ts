import { type Decimal, largest, parseDecimal, ZERO } from '../../models/decimal.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import { mergeAccounts } from '../../accounting/merge-accounts.js';
import { count } from '../duration.js';
import { percentOf } from '../../models/percent.js';
import { type HoldingFigures, portfolioTotals } from '../../accounting/holding-figures.js';
import { assetName } from '../holdings-table.js';
import { formatShare } from '../numbers.js';
import { listed } from '../portfolio-notes.js';
import { isShown, type SectionOptions } from '../portfolio-sections.js';
import { markup, type SafeHtml } from './markup.js';
import { barRows } from './bar-rows.js';
import { placeOf } from './scale.js';
import { notesList } from './tones.js';

/** So many assets have a bar of their own. */
const MOST = 9;
const WHOLE = parseDecimal('100');

interface Share {
  readonly name: string;
  readonly percent: Decimal;
}

/** Of what the value is made, a bar an asset, each with its name and share. */
export function allocationSection(
  portfolios: readonly AccountPortfolio[],
  options: Pick<SectionOptions, 'currency' | 'minValue'>,
): SafeHtml {
  const rows = mergeAccounts(portfolios, options.currency);
  const shares = sharesOf(rows, options.minValue);
  return markup`<section aria-labelledby="allocation">
    <h2 id="allocation">Allocation</h2>
    ${shares.length === 0 ? markup`<p class="missing">No asset has a share: the total is not known, or not above 0.</p>` : bars(shares)}
    ${notesList(leftOut(rows))}
  </section> `;
}

/** The greatest first; the small ones together, after them. */
function sharesOf(rows: readonly HoldingFigures[], minimum: Decimal | undefined): readonly Share[] {
  const { value } = portfolioTotals(rows);
  const held = rows
    .flatMap((row) =>
      row.value?.isPositive() && row.weight ? [{ row, value: row.value, weight: row.weight }] : [],
    )
    .sort((a, b) => b.value.compare(a.value));
  const big = held.filter(({ row }) => isShown(row, minimum));
  const own = big.slice(0, held.length > MOST ? MOST - 1 : MOST);
  const rest = portfolioTotals(held.flatMap(({ row }) => (own.some((one) => one.row === row) ? [] : row)));
  const others = percentOf(rest.value, value);
  const number = held.length - own.length;
  return [
    ...own.map(({ row, weight }) => ({ name: row.holding.asset, percent: weight })),
    ...(others ? [{ name: count(number, 'other'), percent: others }] : []),
  ];
}

/** Bars as parts of the whole; debts can make one asset more than that. */
function bars(shares: readonly Share[]): SafeHtml {
  const scale = { lowest: ZERO, highest: largest(WHOLE, ...shares.map(({ percent }) => percent)) };
  const rows = shares.map(({ name, percent }) => ({
    // A drawing does not wrap its text.
    name: assetName(name),
    text: formatShare(percent),
    from: 0,
    to: placeOf(percent, scale),
    tone: 'share' as const,
  }));
  const description = shares.map(({ name, percent }) => `${name} ${formatShare(percent)}`).join(', ');
  return barRows(rows, {
    id: 'shares',
    title: 'Each asset as a part of the value',
    description,
    tracks: true,
  });
}

function leftOut(rows: readonly HoldingFigures[]): readonly string[] {
  const { withoutPrice } = portfolioTotals(rows);
  const owed = rows.filter(({ value }) => value?.isNegative()).map(({ holding }) => holding.asset);
  return [
    ...(withoutPrice.length > 0 ? [`Without ${listed(withoutPrice)}: no price.`] : []),
    ...(owed.length > 0 ? [`Owed, and so without a bar: ${listed(owed)}. Shares are of what is left.`] : []),
  ];
}
