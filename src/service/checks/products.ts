import type { Sql } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import { type Decimal, largest, ONE, parseDecimal, toText, ZERO } from '../../models/decimal.js';
import { STABLECOINS } from '../../models/currencies.js';
import type { AccountTotals } from '../../models/unread.js';
import { fetchTotals } from '../../repository/account-totals.js';
import { fetchFirstSnapshot } from '../../repository/snapshots.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';

/** Above this share of the exchange's own total a difference is a warning; less comes from prices of other moments. */
const MAX_DIFFERENCE = parseDecimal('0.005');
/** The run that read the exchange's total takes its snapshot within this time. */
const MAX_RUN_MS = 10 * 60_000;

/**
 * What exists beside the wallets that are read, which is information; a difference between the exchange's own
 * total and ours that this does not explain is a warning.
 */
export const inspectProducts: InspectStored = async (sql, { id }, { now }) => {
  const totals = await fetchTotals(sql, id);
  if (!totals) return undefined;
  const name = nameFor('products', id);
  const own = totals.total
    ? `; the exchange's own total is ${toText(totals.total.value)} ${totals.total.currency}, read ${shortDuration(Math.max(0, now - totals.readAt))} ago`
    : '';
  const products = totals.products.map(({ product, value, currency }) =>
    value ? `${product} ${toText(value)} ${currency}` : `${product} (value unknown)`,
  );
  const message =
    products.length === 0
      ? `the exchange reports nothing beside the wallets that are read${own}`
      : `not read: ${products.join(', ')}${own}`;
  const difference = await unexplainedOf(sql, id, totals);
  if (difference === undefined) return result(name, 'ok', message, { information: products.length > 0 });
  return result(name, 'warning', `${message}; ${difference}`, {
    remedy:
      'Compare the account at the exchange with exchange-sync show: a product that is not named here, or a coin without a price, is the usual reason. If neither is, report it with the log.',
  });
};

/** `the account's stored value was 900.00 USD then, which is 10.00 % less`; undefined if they agree or cannot be compared. */
async function unexplainedOf(
  sql: Sql,
  account: AccountId,
  { total, products, readAt }: AccountTotals,
): Promise<string | undefined> {
  if (!total || !isDollar(total.currency)) return undefined;
  const values = products.map(({ value, currency }) => (isDollar(currency) ? value : undefined));
  if (values.includes(undefined)) return undefined;
  const snapshot = await fetchFirstSnapshot(sql, account, { from: readAt, until: readAt + MAX_RUN_MS });
  if (!snapshot?.complete || snapshot.unpriced.length > 0) return undefined;
  // Products of the wallets' own answers are newer than the total after the next run.
  const isMixed = products.some(({ currency }) => currency !== total.currency);
  if (isMixed && !snapshot.isNewest) return undefined;
  const known = values.reduce<Decimal>((sum, value) => sum.plus(value ?? ZERO), snapshot.value ?? ZERO);
  const difference = known.minus(total.value);
  // Exchanges round to cents: a dollar is no difference.
  if (difference.abs().lte(largest(ONE, total.value.abs().times(MAX_DIFFERENCE)))) return undefined;
  const more = difference.isPositive() ? 'more' : 'less';
  return `the wallets and products that are known were worth ${known.toFixed(2)} USD then, ${difference.abs().toFixed(2)} ${more}`;
}

/** Stablecoins count as 1 dollar in every total of ours. */
const isDollar = (currency: string): boolean => currency === 'USD' || STABLECOINS.has(currency);
