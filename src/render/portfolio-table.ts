import type { Decimal } from '../models/decimal.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { changeLines, type ChangeSettings, hasChange } from './change-lines.js';
import type { Paint } from './colour.js';
import { painter } from './colour.js';
import { ago } from './duration.js';
import { printable } from './escape.js';
import type { Row } from './figures.js';
import { accountRows, totalsOf } from './figures.js';
import { HIDDEN, holdingsTable } from './holdings-table.js';
import { bulletLine } from './light-table.js';
import { formatChange, formatGain, formatMoney } from './numbers.js';
import { hiddenNote, portfolioNotes } from './portfolio-notes.js';

export type SortOrder = 'value' | 'asset' | 'pnl';

export interface PortfolioOptions extends ChangeSettings {
  readonly colour: boolean;
  /** Rows of less value are not shown, but counted. */
  readonly minValue?: Decimal | undefined;
  readonly sort?: SortOrder | undefined;
  readonly currency: string;
  readonly staleAfterMs: number;
}

const CHANGE_NOTE =
  'Deposits and withdrawals are part of how the value changed; show --bridge 24h tells them apart.';

const ORDERS: Record<SortOrder, (a: Row, b: Row) => number> = {
  value: (a, b) => descending(a.value, b.value) || byAsset(a, b),
  asset: byAsset,
  pnl: (a, b) => descending(a.pnl, b.pnl) || byAsset(a, b),
};

/** The accounts as tables for a terminal of `width` columns, each with what its figures leave out. */
export function renderPortfolio(accounts: readonly AccountPortfolio[], options: PortfolioOptions): string {
  const paint = painter(options.colour);
  const sections = accounts.map((portfolio) => accountSection(portfolio, options, paint));
  if (accounts.length > 1) sections.push(grandTotal(accounts, options, paint));
  return sections.map((section) => `${section}\n`).join('\n');
}

function accountSection(portfolio: AccountPortfolio, options: PortfolioOptions, paint: Paint): string {
  const rows = accountRows(portfolio, options.currency);
  const totals = totalsOf(rows);
  const shown = rows.filter((row) => isShown(row, options.minValue));
  const sorted = shown.toSorted(ORDERS[options.sort ?? 'value']);
  const notes = [
    ...portfolioNotes({ portfolio, rows, totals }, options),
    ...(hasChange([portfolio.account], options) ? [CHANGE_NOTE] : []),
  ];
  const hidden = options.minValue && hiddenNote(rows.length - shown.length, options.minValue, options);
  return [
    headline(portfolio, options, paint),
    ...changeLines([portfolio.account], options, paint),
    ...failureLine(portfolio, options, paint),
    '',
    rows.length === 0 ? emptiness(portfolio) : holdingsTable(sorted, totals, { ...options, paint }),
    ...(notes.length > 0 || hidden ? [''] : []),
    ...[...(hidden ? [hidden] : []), ...notes].map((note) => bulletLine(note, options.width)),
  ].join('\n');
}

function headline(portfolio: AccountPortfolio, options: PortfolioOptions, paint: Paint): string {
  const { lastSuccess } = portfolio;
  const age = lastSuccess === undefined ? 'never synced' : `synced ${ago(lastSuccess, options.now)}`;
  const stale = lastSuccess === undefined || options.now - lastSuccess > options.staleAfterMs;
  const name = paint('bold', printable(portfolio.account));
  return `${name}  ${paint(stale ? 'yellow' : 'dim', age)}${paint('dim', `, in ${options.currency}`)}`;
}

function failureLine({ lastFailure }: AccountPortfolio, { now }: PortfolioOptions, paint: Paint): string[] {
  if (!lastFailure) return [];
  const text = `✗ The newest run failed ${ago(lastFailure.time, now)}: ${printable(lastFailure.message)}`;
  return [paint('red', text)];
}

function emptiness({ lastSuccess }: AccountPortfolio): string {
  return lastSuccess === undefined ? 'Nothing is known yet.' : 'Nothing is held.';
}

function grandTotal(accounts: readonly AccountPortfolio[], options: PortfolioOptions, paint: Paint): string {
  const { currency, privacy } = options;
  const totals = totalsOf(accounts.flatMap((portfolio) => accountRows(portfolio, currency)));
  const value = privacy ? HIDDEN : formatMoney(totals.value);
  const gain = privacy ? HIDDEN : formatGain(totals.pnl);
  const incomplete = totals.withoutPrice.length > 0 || totals.withoutPnl.length > 0;
  const change = totals.pnlPercent === undefined ? '' : ` (${formatChange(totals.pnlPercent)})`;
  const line = paint('bold', `All ${accounts.length} accounts: ${value} ${currency}, P&L ${gain}${change}`);
  const changes = changeLines(
    accounts.map(({ account }) => account),
    options,
    paint,
  );
  return [line, ...(incomplete ? ['without what the accounts above leave out'] : []), ...changes].join('\n');
}

/** What has no known value is never hidden for having too little. */
function isShown(row: Row, minimum: Decimal | undefined): boolean {
  return minimum === undefined || row.value === undefined || row.value.abs().gte(minimum);
}

function descending(a: Decimal | undefined, b: Decimal | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return b.compare(a);
}

function byAsset(a: Row, b: Row): number {
  return a.holding.asset < b.holding.asset ? -1 : 1;
}
