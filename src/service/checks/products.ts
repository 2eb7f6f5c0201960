import { toText } from '../../models/decimal.js';
import { fetchTotals } from '../../repository/account-totals.js';
import { type InspectStored, nameFor, result, roughly } from './check.js';

/** What exists beside the wallets that are read. It is no fault: information, never a warning. */
export const inspectProducts: InspectStored = async (sql, { id }, { now }) => {
  const totals = await fetchTotals(sql, id);
  if (!totals) return undefined;
  const name = nameFor('products', id);
  const own = totals.total
    ? `; the exchange's own total is ${toText(totals.total.value)} ${totals.total.currency}, read ${roughly(Math.max(0, now - totals.readAt))} ago`
    : '';
  if (totals.products.length === 0) {
    return result(name, 'ok', `the exchange reports nothing beside the wallets that are read${own}`);
  }
  const products = totals.products.map(({ product, value, currency }) =>
    value ? `${product} ${toText(value)} ${currency}` : `${product} (value unknown)`,
  );
  return result(name, 'ok', `not read: ${products.join(', ')}${own}`, { information: true });
};
