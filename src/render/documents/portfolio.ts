import {
  type HoldingFigures,
  type HoldingOrder,
  holdingFigures,
  portfolioTotals,
  type PortfolioTotals,
  sortHoldings,
} from '../../accounting/holding-figures.js';
import { mergeAccounts } from '../../accounting/merge-accounts.js';
import { coinsOf } from '../../accounting/same-coins.js';
import type { AccountId } from '../../models/account.js';
import type { Decimal } from '../../models/decimal.js';
import { type AccountPortfolio, isNeverSynced } from '../../models/portfolio.js';
import type { Rate } from '../../models/currencies.js';
import { type Cell, type Document, notesOf, type Records, recordsOf, type Section } from '../document.js';
import { ago } from '../../models/duration.js';
import { listed, printable } from '../escape.js';
import { formatChange, formatGain, formatMoney, HIDDEN } from '../numbers.js';
import { accountNotes, failureText, neverSyncedNote } from './account-notes.js';
import { holdingsTable } from './holdings-table.js';
import { type NoteSettings, portfolioNotes } from './portfolio-notes.js';
import { differentCoinNotes, hiddenNote, partialNotes, rateNote } from './table-notes.js';
import { changeNotes, type ChangeSettings, valueChanges } from './value-changes.js';

export interface PortfolioSettings extends ChangeSettings, NoteSettings {
  /** Rows of less value are not shown, but counted. */
  readonly minValue?: Decimal | undefined;
  readonly sort?: HoldingOrder | undefined;
  /** A table for each account, or one over all of them with a row an asset. */
  readonly group?: 'account' | 'asset' | undefined;
  /** By which the amounts were converted. */
  readonly rate?: Rate | undefined;
}

/** What is held, each table with what its figures are based on and what they exclude. */
export function portfolioDocument(
  accounts: readonly AccountPortfolio[],
  settings: PortfolioSettings,
): Document {
  const sections = portfolioSections(accounts, settings);
  return {
    title: 'Portfolio',
    about: `in ${settings.currency}`,
    now: settings.now,
    sections: sections.length > 1 ? [...sections, grandTotal(accounts, settings)] : sections,
    records: () => holdingRecords(accounts, settings.currency),
  };
}

export const portfolioSections = (
  accounts: readonly AccountPortfolio[],
  settings: PortfolioSettings,
): readonly Section[] =>
  settings.group === 'asset' && accounts.length > 1
    ? [portfolioSection(accounts, settings)]
    : accounts.map((portfolio) => portfolioSection([portfolio], settings));

function portfolioSection(portfolios: readonly AccountPortfolio[], settings: PortfolioSettings): Section {
  const rows = mergeAccounts(portfolios, settings.currency);
  const shown = rows.filter((row) => isShown(row, settings.minValue));
  const name = sectionName(portfolios);
  const failures = portfolios.flatMap((one) => failureText(one, settings, portfolios.length > 1) ?? []);
  const counted = syncedAccounts(portfolios);
  return {
    name,
    meta: [ageCell(portfolios, settings), `in ${settings.currency}`],
    intro: [
      ...valueChanges(counted, settings),
      { kind: 'lines', lines: failures.map((text) => ({ text, style: 'failure' })) },
    ],
    blocks: [
      rows.length === 0
        ? { kind: 'lines', lines: [{ text: emptiness(portfolios) }] }
        : holdingsTable(
            name,
            sortHoldings(shown, settings.sort ?? 'value'),
            totalsOf(portfolios, settings),
            portfolios,
            settings,
          ),
      ...notesOf([
        ...(settings.minValue
          ? hiddenNote(rows.length - shown.length, settings.minValue, settings.currency)
          : []),
        ...neverSyncedNote(portfolios),
        ...partialNotes(rows, settings.privacy),
        ...differentCoinNotes(coinsOf(portfolios, settings.currency)),
        ...namedNotes(portfolios, settings),
        ...changeNotes(counted, settings),
        ...rateNote(settings.rate, settings.now),
      ]),
    ],
  };
}

const sectionName = ([first, ...more]: readonly AccountPortfolio[]): string =>
  more.length === 0 ? printable(first?.account ?? '') : `All ${more.length + 1} accounts`;

export const syncedAccounts = (portfolios: readonly AccountPortfolio[]): readonly AccountId[] =>
  portfolios.filter((portfolio) => !isNeverSynced(portfolio)).map(({ account }) => account);

const totalsOf = (
  portfolios: readonly AccountPortfolio[],
  { currency }: Pick<NoteSettings, 'currency'>,
): PortfolioTotals => portfolioTotals(portfolios.flatMap((portfolio) => holdingFigures(portfolio, currency)));

/** Several accounts are as old as the oldest. */
export function ageCell(
  portfolios: readonly AccountPortfolio[],
  { now, staleAfterMs }: Pick<NoteSettings, 'now' | 'staleAfterMs'>,
): Cell {
  const times = portfolios.flatMap(({ lastSuccess }) => lastSuccess ?? []);
  if (times.length < portfolios.length) {
    return { text: times.length === 0 ? 'never synced' : 'not all synced', tone: 'doubt' };
  }
  const oldest = Math.min(...times);
  return { text: `synced ${ago(oldest, now)}`, tone: now - oldest > staleAfterMs ? 'doubt' : undefined };
}

function emptiness(portfolios: readonly AccountPortfolio[]): string {
  if (!portfolios.every(isNeverSynced)) return 'Nothing is held.';
  const [first] = portfolios;
  if (first && portfolios.every(({ hasKey }) => hasKey === false)) {
    return `No API key is configured, and every run failed. Set its key, or run: exchange-sync account remove ${first.account} --yes`;
  }
  return `Never synced, so nothing is known. Run: exchange-sync sync -e ${portfolios.map(({ account }) => account).join(' -e ')}`;
}

/** Of several accounts each note with the accounts it is about, unless it is about all. */
function namedNotes(portfolios: readonly AccountPortfolio[], settings: PortfolioSettings): readonly string[] {
  const known = portfolios.filter((portfolio) => !isNeverSynced(portfolio));
  const accountsOf = new Map<string, string[]>();
  for (const portfolio of known) {
    const rows = holdingFigures(portfolio, settings.currency);
    const facts = { portfolio, rows, totals: portfolioTotals(rows) };
    for (const note of [...accountNotes(portfolio, settings), ...portfolioNotes(facts, settings)]) {
      accountsOf.set(note, [...(accountsOf.get(note) ?? []), printable(portfolio.account)]);
    }
  }
  return [...accountsOf].map(([note, accounts]) =>
    accounts.length === known.length ? note : `${accounts.join(', ')}: ${note}`,
  );
}

/** The sum over all accounts, whether it excludes anything, and how it changed. */
function grandTotal(accounts: readonly AccountPortfolio[], settings: PortfolioSettings): Section {
  const { currency, privacy } = settings;
  const counted = syncedAccounts(accounts);
  const missing = accounts.map(({ account }) => account).filter((account) => !counted.includes(account));
  const totals = totalsOf(accounts, settings);
  const value = privacy ? HIDDEN : formatMoney(totals.value);
  const gain = privacy ? HIDDEN : formatGain(totals.pnl);
  const percent = totals.pnlPercent === undefined ? '' : ` (${formatChange(totals.pnlPercent)})`;
  const which = missing.length === 0 ? 'All' : `${counted.length} of`;
  const without = missing.length === 0 ? '' : `; never synced, not included: ${listed(missing)}`;
  const text = `${which} ${accounts.length} accounts: ${value} ${currency}, P&L ${gain}${percent}${without}`;
  const isPartial = totals.withoutPrice.length > 0 || totals.withoutPnl.length > 0;
  const lines = [
    { text, style: 'strong' as const },
    ...(isPartial ? [{ text: 'excludes the assets noted above' }] : []),
  ];
  return { meta: [], intro: [{ kind: 'lines', lines }, ...valueChanges(counted, settings)], blocks: [] };
}

/** A holding without a known value is never hidden for having too little. */
export const isShown = ({ value }: HoldingFigures, minimum: Decimal | undefined): boolean =>
  minimum === undefined || value === undefined || value.abs().gte(minimum);

/** One record a holding; an account without holdings has one without an asset if there is a note to show. */
function holdingRecords(accounts: readonly AccountPortfolio[], currency: string): Records {
  const rows = accounts.flatMap((portfolio) => {
    const [figures, note] = [holdingFigures(portfolio, currency), recordNote(portfolio)];
    const held = figures.length === 0 && note !== '' ? [undefined] : figures;
    // The reason may be long: it is in the first record of an account only.
    return held.map((row, at) => ({ portfolio, row, note: at === 0 ? note : '' }));
  });
  return recordsOf(rows, {
    account: ({ portfolio }) => portfolio.account,
    asset: ({ row }) => row?.holding.asset,
    quantity: ({ row }) => row?.holding.quantity,
    price: ({ row }) => row?.price,
    value: ({ row }) => row?.value,
    known_quantity: ({ row }) => row?.holding.cost.knownQuantity,
    cost: ({ row }) => row?.holding.cost.cost,
    average_entry: ({ row }) => row?.holding.cost.averageEntry,
    pnl: ({ row }) => row?.pnl,
    currency: () => currency,
    note: ({ note }) => note,
  });
}

/** Whether the account was never synced, and why its last sync failed. */
function recordNote(portfolio: AccountPortfolio): string {
  const { lastFailure } = portfolio;
  const failed = lastFailure
    ? [`last sync failed ${new Date(lastFailure.time).toISOString()}: ${lastFailure.message}`]
    : [];
  return [...(isNeverSynced(portfolio) ? ['never synced'] : []), ...failed].join('; ');
}
