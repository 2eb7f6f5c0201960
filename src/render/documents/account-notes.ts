import { partName } from '../../models/coverage.js';
import { type AccountPortfolio, isNeverSynced } from '../../models/portfolio.js';
import type { AccountTotals, UnreadProduct } from '../../models/unread.js';
import { ago } from '../../models/duration.js';
import { listed, printable } from '../escape.js';
import { formatMoney } from '../numbers.js';

interface Settings {
  readonly now: number;
  /** Names alone. */
  readonly privacy: boolean;
}

/** The wallets of one sync are read within this time. */
const SAME_SYNC_MS = 5 * 60_000;

/** What of an account was not read, or not in the newest sync, a sentence each. */
export const accountNotes = (portfolio: AccountPortfolio, settings: Settings): readonly string[] =>
  [
    productsNote(portfolio.totals, settings),
    missingKey(portfolio),
    unreadStreams(portfolio),
    ...unreadWallets(portfolio, settings),
    ...olderWallets(portfolio, settings),
  ].filter((note) => note !== undefined);

/** What no total of this program includes, with its value by the exchange; undefined if there is nothing. */
export function productsNote(totals: AccountTotals | undefined, settings: Settings): string | undefined {
  if (!totals || totals.products.length === 0) return undefined;
  const products = totals.products.map((one) => productText(one, settings)).join(', ');
  const total = settings.privacy ? undefined : totals.total;
  if (!total) return `Not included: ${products}.`;
  return `Not included: ${products}; the exchange's own total is ${formatMoney(total.value)} ${printable(total.currency)} (${ago(totals.readAt, settings.now)}).`;
}

function productText({ product, value, currency }: UnreadProduct, { privacy }: Settings): string {
  const name = printable(product);
  if (privacy) return name;
  if (!value) return `${name} (value unknown)`;
  return `${name} ${formatMoney(value)} ${printable(currency)}`;
}

/** An account that is no longer synced, whose last balances still count. */
const missingKey = ({ account, hasKey }: AccountPortfolio): string | undefined =>
  hasKey === false
    ? `No API key of ${printable(account)} is configured: it is not synced any more, but its last balances are in the totals.`
    : undefined;

/** Wallets have a note of their own. */
function unreadStreams({ gaps }: AccountPortfolio): string | undefined {
  const streams = gaps.filter(({ part }) => !part.startsWith('wallet:'));
  if (streams.length === 0) return undefined;
  const named = streams.map(({ part, status }) => `${printable(partName(part))} (${status})`);
  return `Not read: ${named.join(', ')}; cost and P&L may be incomplete. Run \`exchange-sync check\` for the fix.`;
}

const unreadWallets = ({ wallets }: AccountPortfolio, { now }: Settings): readonly string[] =>
  wallets.flatMap(({ wallet, failure, readAt }) =>
    failure === undefined
      ? []
      : `Wallet ${printable(wallet)} could not be read (${printable(failure)}): ${
          readAt === undefined ? 'not in the table' : `shown as of ${ago(readAt, now)}`
        }.`,
  );

/** A wallet that the newest sync did not read. */
function olderWallets({ wallets }: AccountPortfolio, { now }: Settings): readonly string[] {
  const newest = Math.max(...wallets.flatMap(({ readAt }) => readAt ?? []));
  return wallets.flatMap(({ wallet, failure, readAt }) =>
    failure === undefined && readAt !== undefined && newest - readAt > SAME_SYNC_MS
      ? `Wallet ${printable(wallet)} was last read ${ago(readAt, now)}; the others ${ago(newest, now)}.`
      : [],
  );
}

/** Why the newest run of an account failed; undefined if it did not. */
export function failureText(
  { account, lastFailure }: AccountPortfolio,
  { now }: Settings,
  isNamed: boolean,
): string | undefined {
  if (!lastFailure) return undefined;
  const which = isNamed ? ` of ${printable(account)}` : '';
  return `✗ The newest run${which} failed ${ago(lastFailure.time, now)}: ${printable(lastFailure.message)}`;
}

/** Of several accounts, those without any data. */
export function neverSyncedNote(portfolios: readonly AccountPortfolio[]): readonly string[] {
  const missing = portfolios.filter(isNeverSynced).map(({ account }) => account);
  if (missing.length === 0 || missing.length === portfolios.length) return [];
  return [`Never synced, not included: ${listed(missing)}.`];
}
