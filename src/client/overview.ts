import { type Decimal, ZERO } from '../models/decimal.js';
import type { Overview } from '../models/unread.js';

/** One row of an overview. */
interface OverviewRow {
  readonly product: string;
  readonly value: Decimal;
  readonly currency: string;
}

/** Sums the rows, unless the exchange reports a total; `wallets` names the products that are read as wallets. */
export function overviewFrom(
  rows: readonly OverviewRow[],
  wallets: ReadonlySet<string>,
  total?: Decimal,
): Overview {
  const sum = (some: readonly OverviewRow[]) => some.reduce((all, { value }) => all.plus(value), ZERO);
  return {
    total: { value: total ?? sum(rows), currency: rows[0]?.currency ?? 'USD' },
    inWallets: sum(rows.filter(({ product }) => wallets.has(product))),
    products: rows.filter(({ product, value }) => !wallets.has(product) && !value.isZero()),
  };
}
