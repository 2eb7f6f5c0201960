import { portfolioTotals } from '../../accounting/holding-figures.js';
import { mergeAccounts } from '../../accounting/merge-accounts.js';
import type { AccountBridge, Bridges } from '../../models/bridge.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import type { Part as Known, Report } from '../../models/report.js';
import { notesOf, type Section, type Table } from '../document.js';
import { momentOf } from '../moments.js';
import { roughDuration, wholeDuration } from '../../models/duration.js';
import { listed, printable } from '../escape.js';
import type { Missing, Page, PageBlock, Part } from '../page.js';
import { allocationBars, waterfall } from './report-bars.js';
import { assetTable, changesTable, NOTHING_KNOWN } from './attribution.js';
import { attributionNotes, notIncluded } from './attribution-notes.js';
import { historyBlocks } from './history.js';
import { portfolioSections, type PortfolioSettings } from './portfolio.js';
import { summaryBlocks } from './report-summary.js';

/** Time and snapshots are those of the report. */
export type ReportSettings = Omit<PortfolioSettings, 'now' | 'recent' | 'rate'>;

/** What is held, how its value changed and why, in one page. */
export function reportPage(report: Report, reportSettings: ReportSettings): Page {
  const { portfolio, now, history, historySpan } = report;
  const { accounts, recent } = portfolio;
  const settings = { ...reportSettings, now, recent };
  const names =
    accounts.length > 3
      ? `${accounts.length} accounts`
      : accounts.map(({ account }) => printable(account)).join(', ');
  const historyPart = part('history', `Value over ${wholeDuration(historySpan)}`, {
    blocks: history.known ? historyBlocks(history.content, settings) : [missing(history)],
  });
  const holdings = part('holdings', 'Holdings', {
    sections: portfolioSections(accounts, settings).map(holdingsArticle),
  });
  return {
    title: 'Portfolio',
    heading: 'Portfolio',
    about: `${names} · in ${settings.currency}`,
    now,
    rows: [
      [part('total', 'Total value', { blocks: summaryBlocks(accounts, settings) })],
      [historyPart],
      [allocationPart(accounts, settings), reasonsPart(report, settings)],
      [holdings],
      ...changesRow(report, settings),
    ],
  };
}

const part = (id: string, title: string, content: Partial<Pick<Part, 'blocks' | 'sections'>>): Part => ({
  id,
  title,
  blocks: [],
  sections: [],
  ...content,
});

const missing = ({ reason, fix }: Extract<Known<unknown>, { known: false }>): Missing => ({
  kind: 'missing',
  text: `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}. ${fix}`,
});

function allocationPart(portfolios: readonly AccountPortfolio[], settings: PortfolioSettings): Part {
  const rows = mergeAccounts(portfolios, settings.currency);
  const { withoutPrice } = portfolioTotals(rows);
  const owed = rows.filter(({ value }) => value?.isNegative()).map(({ holding }) => holding.asset);
  const bars = allocationBars(rows, settings.minValue) ?? {
    kind: 'missing' as const,
    text: 'No asset has a share: the total is not known, or not above 0.',
  };
  return part('allocation', 'Allocation', {
    blocks: [
      bars,
      ...notesOf([
        ...(withoutPrice.length > 0 ? [`Without ${listed(withoutPrice)}: no price.`] : []),
        ...(owed.length > 0
          ? [`Owed, and so without a bar: ${listed(owed)}. Shares are of the remaining value.`]
          : []),
      ]),
    ],
  });
}

/** Why the value of all accounts changed, as a drawing. */
function reasonsPart({ bridges, bridgeSpan }: Report, { privacy }: PortfolioSettings): Part {
  if (!bridges.known) {
    return part('bridge', `Why it changed over ${wholeDuration(bridgeSpan)}`, { blocks: [missing(bridges)] });
  }
  const { accounts, total } = bridges.content;
  const drawing: PageBlock = total.bridge
    ? waterfall(total.bridge, privacy)
    : { kind: 'missing', text: NOTHING_KNOWN };
  const times = accounts.length > 1 ? [] : accounts.map(timesOf);
  return part('bridge', `Why it changed over ${periodOf(bridges.content) ?? wholeDuration(bridgeSpan)}`, {
    blocks: [drawing, ...notesOf([...times, ...notIncluded(bridges.content)])],
  });
}

/** The period that is really covered: a snapshot may be older than asked for, or younger. */
function periodOf({ accounts }: Bridges): string | undefined {
  const sorted = accounts.map(({ from, to }) => to.time - from.time).sort((one, other) => one - other);
  const [first, ...others] = new Set(sorted.map(roughDuration));
  return others.length === 0 ? first : `${first} to ${others.at(-1)}`;
}

const timesOf = ({ from, to }: AccountBridge): string =>
  `From ${momentOf(from.time)} to ${momentOf(to.time)} UTC.`;

/** Gains beside the age, and the columns in the order of a page. */
function holdingsArticle({ meta, intro, blocks, ...section }: Section): Section {
  return {
    ...section,
    meta: meta.slice(0, 1),
    intro: intro.filter((one) => one.kind !== 'changes' || one.lead === 'Gain'),
    blocks: blocks.map((block) => (block.kind === 'table' ? arranged(block, HOLDINGS_ORDER) : block)),
  };
}

const HOLDINGS_ORDER = [
  'asset',
  'value',
  'pnl',
  'quantity',
  'average_entry',
  'price',
  'pnl_percent',
  'weight',
];

/** The named columns of a table, in that order. */
function arranged(table: Table, order: readonly string[]): Table {
  const columns = order.flatMap((key) => table.columns.find((column) => column.key === key) ?? []);
  return { ...table, columns };
}

/** The changes asset by asset, and account by account if there are several. */
function changesRow({ bridges }: Report, settings: PortfolioSettings): readonly [Part][] {
  if (!bridges.known) return [];
  const { accounts, total } = bridges.content;
  const articles = accounts.map((account): Section => ({
    name: printable(account.account),
    meta: [timesOf(account)],
    intro: [],
    blocks: [arrangedChanges(assetTable(account, settings)), ...notesOf(attributionNotes(account, settings))],
  }));
  const sums = accounts.map(({ account, total: { bridge } }) => ({ name: account, bridge }));
  const frame = { caption: `Changes of all accounts, amounts in ${settings.currency}`, title: 'Account' };
  const all: Section = {
    name: `All ${accounts.length} accounts`,
    meta: [],
    intro: [],
    blocks: [arrangedChanges(changesTable(sums, total, frame, settings))],
  };
  const sections = accounts.length > 1 ? [...articles, all] : articles;
  return [[part('changes', 'Changes by asset', { sections })]];
}

/** From the value before over the terms to the value now. */
function arrangedChanges(table: Table): Table {
  const ends = ['name', 'before', 'change', 'now'];
  const terms = table.columns.map(({ key }) => key).filter((key) => !ends.includes(key));
  return arranged(table, ['name', 'before', ...terms, 'change', 'now']);
}
