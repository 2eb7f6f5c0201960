import type { Decimal } from '../../models/decimal.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import { gainText } from '../change-lines.js';
import { ago } from '../duration.js';
import { printable } from '../escape.js';
import { HIDDEN, NO_GAIN, PARTIAL } from '../holdings-table.js';
import { percentOf } from '../../models/percent.js';
import { type HoldingFigures } from '../../accounting/holding-figures.js';
import {
  formatChange,
  formatGain,
  formatMoney,
  formatPrice,
  formatQuantity,
  formatShare,
  UNKNOWN,
} from '../numbers.js';
import { olderPriceTime } from '../portfolio-notes.js';
import { type Section, type SectionOptions, sectionsOf } from '../portfolio-sections.js';
import { SPANS, valueChange } from '../../accounting/value-change.js';
import { markup, NOTHING, type SafeHtml } from './markup.js';
import { dataTable, type TableColumn } from './table.js';
import { below, doubtful, notesList, toned } from './tones.js';

/** What is held: a table an account, or one over all, each with what its figures rest on and leave out. */
export function holdingsSection(portfolios: readonly AccountPortfolio[], options: SectionOptions): SafeHtml {
  const sections = sectionsOf(portfolios, options);
  return markup`<section aria-labelledby="holdings">
    <h2 id="holdings">Holdings</h2>
    ${sections.map((section, at) => {
      const own = portfolios.filter(({ account }) => section.accounts.includes(account));
      return accountHoldings(section, own, options, `holdings-${at}`);
    })}
  </section> `;
}

function accountHoldings(
  section: Section,
  portfolios: readonly AccountPortfolio[],
  options: SectionOptions,
  id: string,
): SafeHtml {
  const { name, age, stale, failures, rows, emptiness, notes } = section;
  const frame = { id, caption: `${name}, amounts in ${options.currency}` };
  return markup`<article>
<h3>${name}</h3>
<p class="meta"><span${stale ? markup` class="doubt"` : NOTHING}>${age}</span>${changes(section, options)}</p>
${failures.map((text) => markup`<p class="failure">${text}</p> `)}${
    emptiness === undefined
      ? dataTable(rows, columnsOf(section, portfolios, options), frame)
      : markup`<p>${emptiness}</p>`
  }
${notesList(notes)}</article>
`;
}

/** What it gained over each span, without deposits and withdrawals. */
const changes = ({ counted }: Section, { recent, now, privacy }: SectionOptions): readonly SafeHtml[] =>
  SPANS.map((span) => {
    const change = valueChange(counted, recent, span, now);
    return markup` · ${span.name} ${toned(change?.gain, gainText(change, privacy))}`;
  });

function columnsOf(
  { totals }: Section,
  portfolios: readonly AccountPortfolio[],
  options: SectionOptions,
): readonly [TableColumn<HoldingFigures>, ...TableColumn<HoldingFigures>[]] {
  const { privacy } = options;
  const holders = portfolios.map(holderOf);
  const amount = (text: string) => (privacy && text !== UNKNOWN ? HIDDEN : text);
  return [
    { head: 'Asset', cell: (row) => assetCell(row, holders, options), total: 'Total' },
    {
      head: 'Value',
      cell: ({ value, weight }) =>
        markup`${amount(formatMoney(value))}${weight ? below(formatShare(weight)) : NOTHING}`,
      total: amount(formatMoney(totals.value)),
    },
    {
      head: 'P&L',
      cell: (row) => gainCell(row, amount(formatGain(row.pnl))),
      total: markup`${toned(totals.pnl, amount(formatGain(totals.pnl)))}${percent(totals.pnlPercent)}`,
    },
    { head: 'Quantity', cell: ({ holding }) => amount(formatQuantity(holding.quantity)), total: '' },
    { head: 'Avg entry', cell: (row) => entryCell(row, portfolios, privacy), total: '' },
    { head: 'Price', cell: (row) => priceCell(row, holders), total: '' },
  ];
}

interface Holder {
  readonly portfolio: AccountPortfolio;
  readonly byAsset: ReadonlyMap<string, HoldingFigures['holding']>;
}

const holderOf = (portfolio: AccountPortfolio): Holder => ({
  portfolio,
  byAsset: new Map(portfolio.holdings.map((holding) => [holding.asset, holding])),
});

const percent = (value: Decimal | undefined): SafeHtml => (value ? below(formatChange(value)) : NOTHING);

/** The mark hangs beside the figures, which stay below one another. */
function gainCell({ cash, pnl, pnlPercent, partial }: HoldingFigures, text: string): string | SafeHtml {
  if (cash) return NO_GAIN;
  const mark = partial && pnl ? markup`<span class="partial">${PARTIAL}</span>` : NOTHING;
  return markup`${toned(pnl, text)}${mark}${percent(pnlPercent)}`;
}

function assetCell(row: HoldingFigures, holders: readonly Holder[], options: SectionOptions): SafeHtml {
  const { asset } = row.holding;
  const name = markup`<span class="asset">${asset}</span>`;
  if (row.value === undefined) return markup`${name}${doubtful('no price')}`;
  const times = holders.flatMap(({ portfolio, byAsset }) => {
    const own = byAsset.get(asset);
    return own ? (olderPriceTime({ ...row, holding: own }, portfolio, options) ?? []) : [];
  });
  const oldest = Math.min(...times);
  return times.length === 0 ? name : markup`${name}${doubtful(`price of ${ago(oldest, options.now)}`)}`;
}

/** The average, and of how much of the quantity it is known. */
function entryCell(
  row: HoldingFigures,
  portfolios: readonly AccountPortfolio[],
  privacy: boolean,
): string | SafeHtml {
  if (row.cash) return NO_GAIN;
  const { asset, cost, quantity } = row.holding;
  // What one account owes of what another holds leaves nothing to be a share of.
  const share = (part: Decimal) => formatShare(percentOf(part, quantity));
  const estimated = portfolios.some((portfolio) => portfolio.estimated.has(asset));
  const known = privacy
    ? `known for ${share(cost.knownQuantity)}`
    : `known for ${formatQuantity(cost.knownQuantity)} of ${formatQuantity(quantity)}`;
  return markup`${formatPrice(cost.averageEntry)}${
    cost.averageEntry === undefined ? NOTHING : row.partial ? doubtful(known) : NOTHING
  }${estimated ? below('in part an estimate') : NOTHING}`;
}

/** The price with the markets that it went over. */
function priceCell({ price, holding: { asset } }: HoldingFigures, holders: readonly Holder[]): SafeHtml {
  const routes = holders.flatMap(({ byAsset }) => {
    const own = byAsset.get(asset);
    return own?.price.known ? routeText(own.price.route) : [];
  });
  return markup`${formatPrice(price)}${[...new Set(routes)].map((route) => below(route))}`;
}

const routeText = ([first, ...more]: readonly string[]): string | readonly string[] => {
  if (first === undefined) return [];
  return first === 'peg' ? ['counted as 1', ...more] : [first, ...more].map(printable).join(' × ');
};
