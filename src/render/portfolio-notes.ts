import { coinChangesOf, coinChangeText } from '../models/coin-changes.js';
import type { Decimal } from '../models/decimal.js';
import { isPegged, offPegOf } from '../models/holdings.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { BOOKS_CURRENCY } from '../models/rates.js';
import { missingKey, unreadStreams } from './account-notes.js';
import { signedQuantity } from './differences.js';
import { ago, count } from './duration.js';
import { printable } from './escape.js';
import { unreadNote } from './unread.js';
import { percentOf } from '../models/percent.js';
import { type HoldingFigures, type PortfolioTotals } from '../accounting/holding-figures.js';
import { formatGain, formatPrice, formatQuantity, formatShare } from './numbers.js';
import { HIDDEN } from './holdings-table.js';

export interface NoteSettings {
  readonly now: number;
  readonly currency: string;
  readonly staleAfterMs: number;
  readonly privacy: boolean;
}

/** So far apart are the wallets of one reading at most. */
const TOGETHER_MS = 5 * 60_000;

type Note = (facts: Facts, settings: NoteSettings) => string | readonly string[] | undefined;

interface Facts {
  readonly portfolio: AccountPortfolio;
  readonly rows: readonly HoldingFigures[];
  readonly totals: PortfolioTotals;
}

const NOTES: readonly Note[] = [
  unread,
  ({ portfolio }) => missingKey(portfolio),
  ({ portfolio }) => unreadStreams(portfolio),
  unreadWallets,
  olderWallets,
  unpriced,
  olderPrices,
  estimatedCosts,
  coverage,
  missingAcquisitions,
  differences,
  coinChanges,
  pegged,
  offPeg,
  realized,
];

/** What the figures of an account rest on and what they leave out, a sentence each. */
export function portfolioNotes(facts: Facts, settings: NoteSettings): readonly string[] {
  return NOTES.flatMap((note) => note(facts, settings) ?? []);
}

function unread({ portfolio }: Facts, settings: NoteSettings): string | undefined {
  return unreadNote(portfolio.totals, settings);
}

function unreadWallets({ portfolio }: Facts, { now }: NoteSettings): readonly string[] {
  return portfolio.wallets.flatMap(({ wallet, failure, readAt }) =>
    failure === undefined
      ? []
      : `Wallet ${printable(wallet)} could not be read (${printable(failure)}): ${
          readAt === undefined ? 'not in the table' : `shown as of ${ago(readAt, now)}`
        }.`,
  );
}

/** Wallets are read together: one that is older was left out of the newest reading. */
function olderWallets({ portfolio }: Facts, { now }: NoteSettings): readonly string[] {
  const times = portfolio.wallets.flatMap(({ readAt }) => readAt ?? []);
  const newest = Math.max(...times);
  return portfolio.wallets.flatMap(({ wallet, failure, readAt }) =>
    failure === undefined && readAt !== undefined && newest - readAt > TOGETHER_MS
      ? `Wallet ${printable(wallet)} is as of ${ago(readAt, now)}; the newest reading is of ${ago(newest, now)}.`
      : [],
  );
}

function unpriced({ portfolio, totals }: Facts, settings: NoteSettings): string | undefined {
  const assets = totals.withoutPrice;
  if (assets.length === 0) return undefined;
  const last = lastKnown(assets, portfolio, settings);
  return `No price for ${listed(assets)}: not in the totals${last === '' ? '' : `; last known ${last}`}.`;
}

/** `0.12 USD 3 days ago`, with the asset's name where several have no price. */
function lastKnown(
  assets: readonly string[],
  { lastPrices }: AccountPortfolio,
  { currency, now }: NoteSettings,
): string {
  const prices = assets.flatMap((asset) => {
    const last = lastPrices.get(asset);
    const name = assets.length > 1 ? `${asset} ` : '';
    return last ? `${name}${formatPrice(last.price)} ${currency} ${ago(last.time, now)}` : [];
  });
  return listed(prices);
}

/** Prices carried over from an earlier sync. */
function olderPrices({ portfolio, rows }: Facts, settings: NoteSettings): string | undefined {
  const older = rows.flatMap((row) => {
    const time = olderPriceTime(row, portfolio, settings);
    return time === undefined ? [] : `${printable(row.holding.asset)} (${ago(time, settings.now)})`;
  });
  return older.length === 0 ? undefined : `Last known price, no newer one: ${older.join(', ')}.`;
}

/** When the price of a holding was found, where the newest sync found none. */
export function olderPriceTime(
  { cash, holding: { price } }: HoldingFigures,
  { lastSuccess }: AccountPortfolio,
  { now, staleAfterMs }: Pick<NoteSettings, 'now' | 'staleAfterMs'>,
): number | undefined {
  const isOlder = !cash && price.known && (lastSuccess ?? now) - price.pricedAt > staleAfterMs;
  return isOlder ? price.pricedAt : undefined;
}

function estimatedCosts({ portfolio, rows }: Facts, { privacy }: NoteSettings): string | undefined {
  const parts = rows.flatMap(({ holding: { asset, quantity } }) => {
    const estimated = portfolio.estimated.get(asset);
    if (!estimated) return [];
    const share = formatShare(percentOf(estimated, quantity));
    return `${privacy ? share : formatQuantity(estimated)} ${privacy ? 'of ' : ''}${printable(asset)}`;
  });
  if (parts.length === 0) return undefined;
  return `Cost of ${parts.join(', ')} is an estimate: the market value on the day of the deposit.`;
}

function coverage({ rows, totals }: Facts): string | undefined {
  if (totals.withoutPnl.length === 0) return undefined;
  const covered = rows.filter((row) => row.pnl !== undefined).length;
  const left = listed(totals.withoutPnl);
  if (covered === 0) return `No P&L for ${left}: price or cost is not known.`;
  return `P&L total covers ${covered} of ${count(covered + totals.withoutPnl.length, 'asset')}; left out, for want of a price or a cost: ${left}.`;
}

function missingAcquisitions({ portfolio }: Facts): string | undefined {
  const assets = portfolio.missingAcquisitions;
  if (assets.length === 0) return undefined;
  return `More ${listed(assets)} left than the history explains: acquisitions are missing.`;
}

function differences({ portfolio }: Facts, { privacy }: NoteSettings): string | undefined {
  if (portfolio.differences.length === 0) return undefined;
  const found = portfolio.differences.map((one) => (privacy ? printable(one.asset) : signedQuantity(one)));
  return `Balance differences not explained by recorded history: ${found.join(', ')}. Run \`exchange-sync check\` for details.`;
}

function coinChanges({ portfolio }: Facts): readonly string[] {
  return coinChangesOf(portfolio.holdings, portfolio.differences).map((one) =>
    printable(coinChangeText(one)),
  );
}

function pegged({ rows }: Facts): string | undefined {
  const assets = rows.flatMap(({ holding }) => (isPegged(holding.price) ? holding.asset : []));
  if (assets.length === 0) return undefined;
  return `${listed(assets)} counted as 1 ${BOOKS_CURRENCY}${assets.length === 1 ? '' : ' each'}, without P&L.`;
}

function offPeg({ rows }: Facts): string | undefined {
  const said = rows.flatMap(({ holding: { price } }) => offPegOf(price) ?? []);
  if (said.length === 0) return undefined;
  return `A peg to 1 ${BOOKS_CURRENCY} does not hold, so what is counted by it is not worth that: ${listed(said)}.`;
}

function realized({ portfolio }: Facts, { currency, privacy }: NoteSettings): string | undefined {
  if (portfolio.realized === undefined) return undefined;
  return `Realized P&L since the beginning: ${privacy ? HIDDEN : formatGain(portfolio.realized)} ${currency}.`;
}

/** Names of assets, or what is said of each, as a list, at most as long as a person reads. */
export function listed(assets: readonly string[], most = 12): string {
  const shown = assets.slice(0, most).map(printable).join(', ');
  return assets.length > most ? `${shown} and ${assets.length - most} more` : shown;
}

/** How many rows a minimum hides. */
export function hiddenNote(
  hidden: number,
  minimum: Decimal,
  { currency }: Pick<NoteSettings, 'currency'>,
): string | undefined {
  if (hidden === 0) return undefined;
  return `${count(hidden, 'asset')} under ${formatQuantity(minimum)} ${currency} not shown, but in the totals.`;
}
