import type { HoldingFigures, PortfolioTotals } from '../../accounting/holding-figures.js';
import { coinChangesOf, coinChangeText } from '../../models/coin-changes.js';
import { isPegged, offPegOf } from '../../models/holdings.js';
import { percentOf } from '../../models/figures.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import { BOOKS_CURRENCY } from '../../models/currencies.js';
import { ago } from '../../models/duration.js';
import { count } from '../../models/text.js';
import { listed, printable } from '../escape.js';
import { formatGain, formatPrice, formatQuantity, formatShare, HIDDEN, signedQuantity } from '../numbers.js';

export interface NoteSettings {
  readonly now: number;
  readonly currency: string;
  readonly staleAfterMs: number;
  readonly privacy: boolean;
}

interface Facts {
  readonly portfolio: AccountPortfolio;
  readonly rows: readonly HoldingFigures[];
  readonly totals: PortfolioTotals;
}

type Note = (facts: Facts, settings: NoteSettings) => string | readonly string[] | undefined;

const NOTES: readonly Note[] = [
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

/** What the figures of an account are based on and what they exclude, a sentence each. */
export const portfolioNotes = (facts: Facts, settings: NoteSettings): readonly string[] =>
  NOTES.flatMap((note) => note(facts, settings) ?? []);

function unpriced({ portfolio, totals }: Facts, settings: NoteSettings): string | undefined {
  const assets = totals.withoutPrice;
  if (assets.length === 0) return undefined;
  const last = lastKnown(assets, portfolio, settings);
  return `No price for ${listed(assets)}: not in the totals${last === '' ? '' : `; last known ${last}`}.`;
}

/** `0.12 USD 3 days ago`, with the asset's name if several have no price. */
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

/** Prices of an earlier sync. */
function olderPrices({ portfolio, rows }: Facts, settings: NoteSettings): string | undefined {
  const older = rows.flatMap((row) => {
    const time = olderPriceTime(row, portfolio, settings);
    return time === undefined ? [] : `${printable(row.holding.asset)} (${ago(time, settings.now)})`;
  });
  return older.length === 0 ? undefined : `Last known price, no newer one: ${older.join(', ')}.`;
}

/** When the price of a holding was found, if the newest sync found none. */
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
  const excluded = listed(totals.withoutPnl);
  if (covered === 0) return `No P&L for ${excluded}: price or cost is not known.`;
  return `Total P&L covers ${covered} of ${count(covered + totals.withoutPnl.length, 'asset')}; excluded (no price or cost): ${excluded}.`;
}

function missingAcquisitions({ portfolio }: Facts): string | undefined {
  const assets = portfolio.missingAcquisitions;
  return assets.length === 0 ? undefined : missingHistory(assets);
}

export const missingHistory = (assets: readonly string[]): string =>
  `More ${listed(assets)} was sold or withdrawn than recorded purchases cover; some purchase history is missing.`;

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

function offPeg({ rows }: Facts): readonly string[] {
  return rows.flatMap(({ holding: { price } }) => offPegOf(price) ?? []).map(lostPeg);
}

/** Of a quote such as `USDC/USDT 0.9412`. */
export function lostPeg(quote: string): string {
  const [market = '', price = ''] = quote.split(' ');
  const [asset = ''] = market.split('/');
  return `${printable(asset)} has lost its peg (${printable(price)}); it is still counted as 1 ${BOOKS_CURRENCY}.`;
}

function realized({ portfolio }: Facts, { currency, privacy }: NoteSettings): string | undefined {
  if (portfolio.realized === undefined) return undefined;
  return `Realized P&L since the beginning: ${privacy ? HIDDEN : formatGain(portfolio.realized)} ${currency}.`;
}
