import { average, type Decimal, ZERO } from '../models/decimal.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { percentOf } from '../models/percent.js';
import { accountRows, type Row, totalsOf } from './figures.js';

/** A row an asset over all the accounts; its figures are sums of those of the accounts. */
export function assetRows(accounts: readonly AccountPortfolio[], currency: string): readonly Row[] {
  const rows = accounts.flatMap((portfolio) => accountRows(portfolio, currency));
  const byAsset = new Map<string, Row[]>();
  for (const row of rows) {
    byAsset.set(row.holding.asset, [...(byAsset.get(row.holding.asset) ?? []), row]);
  }
  const { value } = totalsOf(rows);
  return [...byAsset.values()].flatMap((same) => {
    const row = merged(same);
    return row ? [{ ...row, weight: percentOf(row.value, value) }] : [];
  });
}

function merged(rows: readonly Row[]): Row | undefined {
  const [first, ...more] = rows;
  if (!first || more.length === 0) return first;
  const { value, pnl, pnlPercent, withoutPnl } = totalsOf(rows);
  const sum = (of: (row: Row) => Decimal) => rows.reduce((total, row) => total.plus(of(row)), ZERO);
  const knownQuantity = sum(({ holding }) => holding.cost.knownQuantity);
  const cost = sum(({ holding }) => holding.cost.cost);
  return {
    holding: {
      ...first.holding,
      quantity: sum(({ holding }) => holding.quantity),
      cost: {
        knownQuantity,
        cost,
        averageEntry: knownQuantity.isZero() ? undefined : average(cost, knownQuantity),
      },
    },
    price: commonPrice(rows),
    value,
    pnl,
    pnlPercent,
    weight: undefined,
    cash: rows.every(({ cash }) => cash),
    partial: rows.some(({ partial }) => partial) || (pnl !== undefined && withoutPnl.length > 0),
  };
}

/** Exchanges differ in what a coin costs: then it is the value per coin of what has a price. */
function commonPrice(rows: readonly Row[]): Decimal | undefined {
  const priced = rows.flatMap(({ price, holding: { quantity } }) => (price ? [{ price, quantity }] : []));
  const [first, ...more] = priced;
  if (!first || more.every(({ price }) => price.eq(first.price))) return first?.price;
  const quantity = priced.reduce((sum, one) => sum.plus(one.quantity), ZERO);
  const value = priced.reduce((sum, one) => sum.plus(one.price.times(one.quantity)), ZERO);
  return quantity.isPositive() ? value.div(quantity) : undefined;
}
