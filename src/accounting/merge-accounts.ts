import { average, type Decimal, ZERO } from '../models/decimal.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { percentOf } from '../models/percent.js';
import { type HoldingFigures, portfolioTotals } from './holding-figures.js';
import { type Coin, coinsOf } from './same-coins.js';

/**
 * A row for each coin over all the accounts; its figures are sums of those of the accounts. Different coins
 * under one ticker have a row each, named by their exchanges.
 */
export function mergeAccounts(
  accounts: readonly AccountPortfolio[],
  currency: string,
): readonly HoldingFigures[] {
  const coins = coinsOf(accounts, currency);
  const { value } = portfolioTotals([...coins.values()].flat().flatMap(({ rows }) => rows));
  return [...coins.values()].flatMap((several) =>
    several.flatMap((coin) => {
      const row = merged(coin.rows);
      if (!row) return [];
      const holding = several.length === 1 ? row.holding : named(row, coin);
      return [{ ...row, holding, weight: percentOf(row.value, value) }];
    }),
  );
}

const named = ({ holding }: HoldingFigures, { asset, exchanges }: Coin): HoldingFigures['holding'] => ({
  ...holding,
  asset: `${asset} (${exchanges.join(', ')})`,
});

function merged(rows: readonly HoldingFigures[]): HoldingFigures | undefined {
  const [first, ...more] = rows;
  if (!first || more.length === 0) return first;
  const { value, pnl, pnlPercent, withoutPnl } = portfolioTotals(rows);
  const sum = (of: (row: HoldingFigures) => Decimal) =>
    rows.reduce((total, row) => total.plus(of(row)), ZERO);
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
function commonPrice(rows: readonly HoldingFigures[]): Decimal | undefined {
  const priced = rows.flatMap(({ price, holding: { quantity } }) => (price ? [{ price, quantity }] : []));
  const [first, ...more] = priced;
  if (!first || more.every(({ price }) => price.eq(first.price))) return first?.price;
  const quantity = priced.reduce((sum, one) => sum.plus(one.quantity), ZERO);
  const value = priced.reduce((sum, one) => sum.plus(one.price.times(one.quantity)), ZERO);
  return quantity.isPositive() ? value.div(quantity) : undefined;
}
