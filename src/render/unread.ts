import { toText } from '../models/decimal.js';
import type { AccountTotals, UnreadProduct } from '../models/unread.js';
import { ago } from './duration.js';
import { printable } from './escape.js';
import { timeOrNull } from './json-text.js';
import { formatMoney } from './numbers.js';

interface Settings {
  readonly now: number;
  /** Names only. */
  readonly privacy: boolean;
}

/** What no total of ours includes, with its value by the exchange; undefined if there is nothing. */
export function unreadNote(totals: AccountTotals | undefined, settings: Settings): string | undefined {
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

/** `null` for what the exchange does not report. */
export const totalsJson = (totals: AccountTotals | undefined): object => ({
  exchangeTotal: totals?.total
    ? {
        value: toText(totals.total.value),
        currency: totals.total.currency,
        readAt: timeOrNull(totals.readAt),
      }
    : null,
  unreadProducts: (totals?.products ?? []).map(({ product, value, currency }) => ({
    product,
    value: value ? toText(value) : null,
    currency,
  })),
});
