import type { HoldingFigures, PortfolioTotals } from '../../accounting/holding-figures.js';
import { percentOf } from '../../models/figures.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import { shareBar } from '../bars.js';
import { type Cell, nameCell, type Table, tableOf, toneOf } from '../document.js';
import { ago } from '../../models/duration.js';
import { printable } from '../escape.js';
import {
  formatChange,
  formatGain,
  formatMoney,
  formatPrice,
  formatQuantity,
  formatShare,
  HIDDEN,
  NO_GAIN,
  PARTIAL,
  UNKNOWN,
} from '../numbers.js';
import { olderPriceTime, type NoteSettings } from './portfolio-notes.js';

/** What is held with its totals. */
export function holdingsTable(
  name: string,
  rows: readonly HoldingFigures[],
  totals: PortfolioTotals,
  portfolios: readonly AccountPortfolio[],
  settings: NoteSettings,
): Table {
  const { privacy } = settings;
  const amount = (text: string) => (privacy && text !== UNKNOWN ? HIDDEN : text);
  const holders = portfolios.map(holderOf);
  return tableOf(`${name}, amounts in ${settings.currency}`, rows, [
    {
      key: 'asset',
      title: 'Asset',
      align: 'left',
      cell: (row) => ({ ...nameCell(row.holding.asset), details: priceDetails(row, holders, settings) }),
      total: 'Total',
    },
    { key: 'quantity', title: 'Quantity', cell: ({ holding }) => amount(formatQuantity(holding.quantity)) },
    {
      key: 'price',
      title: 'Price',
      priority: 4,
      cell: (row) => ({ text: formatPrice(row.price), details: routeDetails(row, holders) }),
    },
    {
      key: 'value',
      title: 'Value',
      cell: ({ value }) => amount(formatMoney(value)),
      total: amount(formatMoney(totals.value)),
    },
    {
      key: 'average_entry',
      title: 'Avg entry',
      priority: 5,
      cell: (row) => (row.cash ? NO_GAIN : entryCell(row, portfolios, privacy)),
    },
    {
      key: 'pnl',
      title: 'P&L',
      priority: 1,
      cell: ({ cash, pnl, partial }) =>
        cash
          ? NO_GAIN
          : {
              text: amount(formatGain(pnl)),
              tone: toneOf(pnl),
              ...(partial && pnl ? { mark: PARTIAL } : {}),
            },
      total: { text: amount(formatGain(totals.pnl)), tone: toneOf(totals.pnl) },
    },
    {
      key: 'pnl_percent',
      title: 'P&L %',
      priority: 3,
      below: 'pnl',
      cell: ({ cash, pnlPercent }) => (cash ? NO_GAIN : percentCell(pnlPercent)),
      total: percentCell(totals.pnlPercent),
    },
    {
      key: 'weight',
      title: 'Weight',
      priority: 6,
      below: 'value',
      cell: ({ weight }) => formatShare(weight),
    },
    {
      key: 'bar',
      title: '',
      align: 'left',
      priority: 7,
      cell: ({ weight }) => ({ text: shareBar(weight), tone: 'bar' }),
    },
  ]);
}

const percentCell = (percent: HoldingFigures['pnlPercent']): Cell => ({
  text: formatChange(percent),
  tone: toneOf(percent),
});

interface Holder {
  readonly portfolio: AccountPortfolio;
  readonly byAsset: ReadonlyMap<string, HoldingFigures['holding']>;
}

const holderOf = (portfolio: AccountPortfolio): Holder => ({
  portfolio,
  byAsset: new Map(portfolio.holdings.map((holding) => [holding.asset, holding])),
});

/** How old a price is that the newest sync did not find. */
function priceDetails(
  row: HoldingFigures,
  holders: readonly Holder[],
  settings: NoteSettings,
): readonly Cell[] {
  if (row.value === undefined) return [{ text: 'no price', tone: 'doubt' }];
  const times = holders.flatMap(({ portfolio, byAsset }) => {
    const holding = byAsset.get(row.holding.asset);
    return holding ? (olderPriceTime({ ...row, holding }, portfolio, settings) ?? []) : [];
  });
  if (times.length === 0) return [];
  return [{ text: `price of ${ago(Math.min(...times), settings.now)}`, tone: 'doubt' }];
}

/** The average, and of how much of the quantity it is known. */
function entryCell(
  { holding: { asset, cost, quantity }, partial }: HoldingFigures,
  portfolios: readonly AccountPortfolio[],
  privacy: boolean,
): Cell {
  // What one account owes of what another holds leaves nothing to be a share of.
  const known = privacy
    ? formatShare(percentOf(cost.knownQuantity, quantity))
    : `${formatQuantity(cost.knownQuantity)} of ${formatQuantity(quantity)}`;
  const isEstimated = portfolios.some(({ estimated }) => estimated.has(asset));
  return {
    text: formatPrice(cost.averageEntry),
    details: [
      ...(partial && cost.averageEntry ? [{ text: `known for ${known}`, tone: 'doubt' as const }] : []),
      ...(isEstimated ? [{ text: 'in part an estimate' }] : []),
    ],
  };
}

/** The markets of the price. */
function routeDetails({ holding: { asset } }: HoldingFigures, holders: readonly Holder[]): readonly Cell[] {
  const routes = holders.flatMap(({ byAsset }) => {
    const price = byAsset.get(asset)?.price;
    return price?.known ? routeText(price.route) : [];
  });
  return [...new Set(routes)].map((text) => ({ text }));
}

const routeText = ([first, ...more]: readonly string[]): readonly string[] => {
  if (first === undefined) return [];
  return first === 'peg' ? ['counted as 1', ...more] : [[first, ...more].map(printable).join(' × ')];
};
