import { ZERO } from '../models/decimal.js';
import type { Overview } from '../models/unread.js';
import { amountOf } from './answer.js';

/** One row of an overview as the exchange sends it. */
interface OverviewRow {
  readonly product: string;
  readonly value: string;
  readonly currency: string;
}

/** Sums the rows; `wallets` names the products that are read as wallets. */
export function overviewFrom(rows: readonly OverviewRow[], wallets: ReadonlySet<string>): Overview {
  const valued = rows.map(({ product, value, currency }) => ({
    product,
    currency,
    value: amountOf(value || '0', `the value of ${product}`),
  }));
  const sum = (some: typeof valued) => some.reduce((total, { value }) => total.plus(value), ZERO);
  return {
    total: { value: sum(valued), currency: valued[0]?.currency ?? 'USD' },
    inWallets: sum(valued.filter(({ product }) => wallets.has(product))),
    products: valued.filter(({ product, value }) => !wallets.has(product) && !value.isZero()),
  };
}
