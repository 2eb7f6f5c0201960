import type { AccountId } from '../models/account.js';
import type { Decimal } from '../models/decimal.js';
import { type AccountPortfolio, isNeverSynced } from '../models/portfolio.js';
import type { Rate } from '../models/rates.js';
import { mergeAccounts } from '../accounting/merge-accounts.js';
import { changeNotes, type ChangeSettings } from './change-lines.js';
import { ago } from './duration.js';
import { printable } from './escape.js';
import {
  holdingFigures,
  type HoldingFigures,
  type PortfolioTotals,
  portfolioTotals,
} from '../accounting/holding-figures.js';
import { HIDDEN } from './holdings-table.js';
import { formatChange, formatGain, formatMoney } from './numbers.js';
import { partialNotes } from './partial-notes.js';
import { hiddenNote, listed, portfolioNotes } from './portfolio-notes.js';
import { rateNote } from './rate-note.js';
import { coinsOf } from '../accounting/same-coins.js';
import { differentCoinNotes } from './same-coins.js';

export type SortOrder = 'value' | 'asset' | 'pnl';
/** A table for each account, or one over all of them with a row an asset. */
export type Grouping = 'account' | 'asset';

export interface SectionOptions extends ChangeSettings {
  /** Rows of less value are not shown, but counted. */
  readonly minValue?: Decimal | undefined;
  readonly sort?: SortOrder | undefined;
  readonly group?: Grouping | undefined;
  readonly currency: string;
  /** By which the amounts were converted into it. */
  readonly rate?: Rate | undefined;
  readonly staleAfterMs: number;
}

/** One table with what is said above and below it; every text is safe for a terminal. */
export interface Section {
  readonly accounts: readonly AccountId[];
  /** Those of them that were ever synced. */
  readonly counted: readonly AccountId[];
  readonly name: string;
  readonly age: string;
  readonly stale: boolean;
  readonly failures: readonly string[];
  readonly rows: readonly HoldingFigures[];
  readonly totals: PortfolioTotals;
  /** Said in place of a table that would have no row. */
  readonly emptiness: string | undefined;
  readonly notes: readonly string[];
}

const ORDERS: Record<SortOrder, (a: HoldingFigures, b: HoldingFigures) => number> = {
  value: (a, b) => descending(a.value, b.value) || byAsset(a, b),
  asset: byAsset,
  pnl: (a, b) => descending(a.pnl, b.pnl) || byAsset(a, b),
};

export function sectionsOf(
  accounts: readonly AccountPortfolio[],
  options: SectionOptions,
): readonly Section[] {
  if (options.group === 'asset' && accounts.length > 1) return [sectionOf(accounts, options)];
  return accounts.map((portfolio) => sectionOf([portfolio], options));
}

/** What all accounts come to, in a line, whether something is left out of it, and the accounts that it counts. */
export function grandTotal(
  accounts: readonly AccountPortfolio[],
  { currency, privacy }: SectionOptions,
): { readonly text: string; readonly incomplete: boolean; readonly counted: readonly AccountId[] } {
  const counted = accounts.filter((portfolio) => !isNeverSynced(portfolio)).map(({ account }) => account);
  const missing = accounts.map(({ account }) => account).filter((account) => !counted.includes(account));
  const totals = portfolioTotals(accounts.flatMap((portfolio) => holdingFigures(portfolio, currency)));
  const value = privacy ? HIDDEN : formatMoney(totals.value);
  const gain = privacy ? HIDDEN : formatGain(totals.pnl);
  const change = totals.pnlPercent === undefined ? '' : ` (${formatChange(totals.pnlPercent)})`;
  const which = missing.length === 0 ? 'All' : `${counted.length} of`;
  const without = missing.length === 0 ? '' : `; never synced, not included: ${listed(missing)}`;
  return {
    text: `${which} ${accounts.length} accounts: ${value} ${currency}, P&L ${gain}${change}${without}`,
    counted,
    incomplete: totals.withoutPrice.length > 0 || totals.withoutPnl.length > 0,
  };
}

function sectionOf(portfolios: readonly AccountPortfolio[], options: SectionOptions): Section {
  const rows = mergeAccounts(portfolios, options.currency);
  const shown = rows.filter((row) => isShown(row, options.minValue));
  const hidden = options.minValue && hiddenNote(rows.length - shown.length, options.minValue, options);
  const accounts = portfolios.map(({ account }) => account);
  const known = portfolios.filter((portfolio) => !isNeverSynced(portfolio));
  const counted = known.map(({ account }) => account);
  const [only, ...more] = accounts.map(printable);
  const converted = rateNote(options.rate, options.now);
  return {
    accounts,
    counted,
    name: more.length === 0 ? (only ?? '') : `All ${accounts.length} accounts`,
    ...ageOf(portfolios, options),
    failures: portfolios.flatMap((portfolio) => failure(portfolio, options, more.length > 0) ?? []),
    rows: shown.toSorted(ORDERS[options.sort ?? 'value']),
    totals: portfolioTotals(portfolios.flatMap((portfolio) => holdingFigures(portfolio, options.currency))),
    emptiness: rows.length === 0 ? emptiness(portfolios) : undefined,
    notes: [
      ...(hidden ? [hidden] : []),
      ...neverSynced(portfolios),
      ...partialNotes(rows, options),
      ...differentCoinNotes(coinsOf(portfolios, options.currency)),
      ...notesOf(known, options),
      ...changeNotes(counted, options),
      ...(converted === undefined ? [] : [converted]),
    ],
  };
}

/** Together they are as old as the oldest. */
function ageOf(portfolios: readonly AccountPortfolio[], { now, staleAfterMs }: SectionOptions) {
  const times = portfolios.flatMap(({ lastSuccess }) => lastSuccess ?? []);
  if (times.length < portfolios.length) {
    return { age: times.length === 0 ? 'never synced' : 'not all synced', stale: true };
  }
  const oldest = Math.min(...times);
  return { age: `synced ${ago(oldest, now)}`, stale: now - oldest > staleAfterMs };
}

function failure(
  { account, lastFailure }: AccountPortfolio,
  { now }: SectionOptions,
  named: boolean,
): string | undefined {
  if (!lastFailure) return undefined;
  const which = named ? ` of ${printable(account)}` : '';
  return `✗ The newest run${which} failed ${ago(lastFailure.time, now)}: ${printable(lastFailure.message)}`;
}

function emptiness(portfolios: readonly AccountPortfolio[]): string {
  if (!portfolios.every(isNeverSynced)) return 'Nothing is held.';
  const [first] = portfolios;
  if (first && portfolios.every(({ hasKey }) => hasKey === false)) {
    return `No API key is configured, and every run failed. Set its key, or run: exchange-sync account remove ${first.account} --yes`;
  }
  return `Never synced, so nothing is known. Run: exchange-sync sync -e ${portfolios.map(({ account }) => account).join(' -e ')}`;
}

/** A table over several accounts names those that have nothing in it yet. */
function neverSynced(portfolios: readonly AccountPortfolio[]): readonly string[] {
  const missing = portfolios.filter(isNeverSynced).map(({ account }) => account);
  if (missing.length === 0 || missing.length === portfolios.length) return [];
  return [`Never synced, not included: ${listed(missing)}.`];
}

/** Of several accounts each note with whose it is, where not all say the same. */
function notesOf(portfolios: readonly AccountPortfolio[], options: SectionOptions): readonly string[] {
  const saying = new Map<string, string[]>();
  for (const portfolio of portfolios) {
    const rows = holdingFigures(portfolio, options.currency);
    for (const note of portfolioNotes({ portfolio, rows, totals: portfolioTotals(rows) }, options)) {
      saying.set(note, [...(saying.get(note) ?? []), printable(portfolio.account)]);
    }
  }
  return [...saying].map(([note, accounts]) =>
    accounts.length === portfolios.length ? note : `${accounts.join(', ')}: ${note}`,
  );
}

/** What has no known value is never hidden for having too little. */
export function isShown(row: HoldingFigures, minimum: Decimal | undefined): boolean {
  return minimum === undefined || row.value === undefined || row.value.abs().gte(minimum);
}

function descending(a: Decimal | undefined, b: Decimal | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return b.compare(a);
}

function byAsset(a: HoldingFigures, b: HoldingFigures): number {
  return a.holding.asset < b.holding.asset ? -1 : 1;
}
