import { type Decimal, toText } from '../../models/decimal.js';
import type { Difference } from '../../models/holdings.js';
import type { AccountTotals } from '../../models/unread.js';

export const SCHEMA_VERSION = 1;

/** Controls and marks that JSON.stringify leaves as they are. */
const UNPRINTABLE = /[\u007f\p{Cf}\p{Zl}\p{Zp}\u0080-\u009f]/gu;

/** Indented JSON, its end of line included, safe to look at in a terminal and equal once parsed. */
export function jsonText(value: unknown): string {
  return `${visible(JSON.stringify(value, undefined, 2))}\n`;
}

/** The same in one line, without its end. */
export function jsonLine(value: unknown): string {
  return visible(JSON.stringify(value));
}

/** An amount as its exact digits, null if it is not known. */
export function amountOrNull(value: Decimal | undefined): string | null {
  return value === undefined ? null : toText(value);
}

/** An ISO 8601 time in UTC, null if there is none. */
export function timeOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}

const visible = (json: string): string => json.replace(UNPRINTABLE, escapeUnits);

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

export const differenceJson = ({ asset, amount, since }: Difference): object => ({
  asset,
  amount: toText(amount),
  since: timeOrNull(since),
});

/** `null` for what the exchange does not report. */
export const exchangeTotalsJson = (totals: AccountTotals | undefined): object => ({
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
