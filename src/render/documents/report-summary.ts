import { holdingFigures, portfolioTotals, totalRealized } from '../../accounting/holding-figures.js';
import { mergeAccounts } from '../../accounting/merge-accounts.js';
import { coinsOf } from '../../accounting/same-coins.js';
import type { ValueChange } from '../../accounting/value-change.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import { type Cell, type Figures, notesOf, toneOf } from '../document.js';
import { count } from '../../models/text.js';
import { momentOf } from '../moments.js';
import { listed, printable } from '../escape.js';
import { formatChange, formatGain, formatMoney, HIDDEN, UNKNOWN } from '../numbers.js';
import type { PageBlock } from '../page.js';
import { ageCell, type PortfolioSettings, syncedAccounts } from './portfolio.js';
import { differentCoinNotes } from './table-notes.js';
import { changesOf, changeText } from './value-changes.js';

/** The total, what it excludes, and how it changed. */
export function summaryBlocks(
  portfolios: readonly AccountPortfolio[],
  settings: PortfolioSettings,
): readonly PageBlock[] {
  const { currency, privacy } = settings;
  const totals = portfolioTotals(portfolios.flatMap((one) => holdingFigures(one, currency)));
  const amount = (text: string) => (privacy && text !== UNKNOWN ? HIDDEN : text);
  const realized = totalRealized(portfolios);
  const figures: Figures['figures'] = [
    {
      name: 'Unrealized P&L',
      cell: {
        text: amount(formatGain(totals.pnl)),
        tone: toneOf(totals.pnl),
        details: [{ text: totals.pnl ? formatChange(totals.pnlPercent) : 'nothing has a price and a cost' }],
      },
    },
    {
      name: 'Realized P&L',
      cell: {
        text: amount(formatGain(realized)),
        tone: toneOf(realized),
        details: [{ text: realized ? 'since the beginning' : 'not every account was synced yet' }],
      },
    },
    ...changesOf(syncedAccounts(portfolios), settings).map(({ name, change }) => ({
      name: `Gain over ${name}`,
      cell: gainCell(change, privacy),
    })),
  ];
  return [
    { kind: 'sum', text: amount(formatMoney(totals.value)), currency },
    ...notesOf(exclusions(portfolios, settings)),
    { kind: 'figures', figures },
  ];
}

function gainCell(change: ValueChange | undefined, privacy: boolean): Cell {
  if (!change) return { text: UNKNOWN, details: [{ text: 'no two snapshots to compare' }] };
  const since = { text: `value ${changeText(change, privacy)} since ${momentOf(change.since)}` };
  if (change.gain === undefined) return { text: UNKNOWN, details: [since] };
  const percent = formatChange(change.gainPercent);
  return {
    text: privacy ? percent : formatGain(change.gain),
    tone: toneOf(change.gain),
    details: privacy ? [since] : [{ text: percent }, since],
  };
}

/** What the totals exclude, or include from an older sync. */
function exclusions(portfolios: readonly AccountPortfolio[], settings: PortfolioSettings): readonly string[] {
  const rows = mergeAccounts(portfolios, settings.currency).filter(({ cash }) => !cash);
  const { withoutPrice, withoutPnl } = portfolioTotals(rows);
  const known = rows.filter(({ holding }) => !holding.cost.knownQuantity.isZero());
  const parts = known.filter(({ partial }) => partial).map(({ holding }) => holding.asset);
  const inPart = parts.length > 0 ? `, in part for ${listed(parts)}` : '';
  const ages = portfolios.map((one) => ({ account: one.account, age: ageCell([one], settings) }));
  return [
    ...(withoutPrice.length > 0 ? [`Without ${listed(withoutPrice)}: no price.`] : []),
    ...(rows.length > 0
      ? [`Cost known for ${known.length} of ${count(rows.length, 'asset')}${inPart}.`]
      : []),
    ...(withoutPnl.length > 0 ? [`Unrealized P&L without ${listed(withoutPnl)}: no price or no cost.`] : []),
    ...differentCoinNotes(coinsOf(portfolios, settings.currency)),
    ...ages.flatMap(({ account, age }) =>
      age.tone === 'doubt' ? [`${printable(account)}: ${age.text}.`] : [],
    ),
  ];
}
