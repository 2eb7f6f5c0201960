import { type Decimal, ZERO } from '../models/decimal.js';
import { type Holding, isPegged } from '../models/holdings.js';
import { percentOf } from '../models/percent.js';
import type { AccountPortfolio } from '../models/portfolio.js';

/** A holding with what follows from it; what cannot be known is undefined. */
export interface HoldingFigures {
  readonly holding: Holding;
  readonly price: Decimal | undefined;
  readonly value: Decimal | undefined;
  /** Price x the quantity whose cost is known - that cost. */
  readonly pnl: Decimal | undefined;
  readonly pnlPercent: Decimal | undefined;
  /** Percent of the account's priced value. */
  readonly weight: Decimal | undefined;
  /** Money itself: the reporting currency or a stablecoin pegged to it; it has no P&L. */
  readonly cash: boolean;
  /** The P&L is that of a part of the quantity only. */
  readonly partial: boolean;
}

/** Sums over what is known, with the assets that each sum leaves out. */
export interface PortfolioTotals {
  readonly value: Decimal | undefined;
  readonly pnl: Decimal | undefined;
  readonly pnlPercent: Decimal | undefined;
  /** The cost behind `pnl`. */
  readonly cost: Decimal | undefined;
  readonly withoutPrice: readonly string[];
  readonly withoutPnl: readonly string[];
}

export function holdingFigures(portfolio: AccountPortfolio, currency: string): readonly HoldingFigures[] {
  const rows = portfolio.holdings.map((holding) => rowOf(holding, currency));
  const { value } = portfolioTotals(rows);
  return rows.map((row) => ({ ...row, weight: percentOf(row.value, value) }));
}

export function portfolioTotals(rows: readonly HoldingFigures[]): PortfolioTotals {
  const gaining = rows.filter((row) => row.pnl !== undefined);
  const pnl = sum(gaining.map((row) => row.pnl));
  const cost = sum(gaining.map((row) => row.holding.cost.cost));
  return {
    value: sum(rows.map((row) => row.value)),
    pnl,
    pnlPercent: percentOf(pnl, cost),
    cost,
    withoutPrice: assetsOf(rows.filter((row) => row.value === undefined)),
    withoutPnl: assetsOf(rows.filter((row) => !row.cash && row.pnl === undefined)),
  };
}

function rowOf(holding: Holding, currency: string): HoldingFigures {
  const { quantity, cost } = holding;
  const price = holding.price.known ? holding.price.price : undefined;
  const cash = holding.asset === currency || isPegged(holding.price);
  const costKnown = !cash && !cost.knownQuantity.isZero();
  const pnl = costKnown ? price?.times(cost.knownQuantity).minus(cost.cost) : undefined;
  return {
    holding,
    price,
    value: price?.times(quantity),
    pnl,
    pnlPercent: percentOf(pnl, cost.cost),
    weight: undefined,
    cash,
    partial: costKnown && cost.knownQuantity.lt(quantity),
  };
}

/** The sum of what is known; of nothing known it is unknown. */
function sum(values: readonly (Decimal | undefined)[]): Decimal | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total.plus(value), ZERO);
}

function assetsOf(rows: readonly HoldingFigures[]): readonly string[] {
  return [...new Set(rows.map((row) => row.holding.asset))];
}

export type HoldingOrder = 'value' | 'asset' | 'pnl';
type Compare = (one: HoldingFigures, other: HoldingFigures) => number;

const byAsset: Compare = (one, other) => (one.holding.asset < other.holding.asset ? -1 : 1);

const ORDERS: Record<HoldingOrder, Compare> = {
  value: (one, other) => descending(one.value, other.value) || byAsset(one, other),
  asset: byAsset,
  pnl: (one, other) => descending(one.pnl, other.pnl) || byAsset(one, other),
};

/** Unknown figures come last. */
export const sortHoldings = (
  rows: readonly HoldingFigures[],
  order: HoldingOrder,
): readonly HoldingFigures[] => rows.toSorted(ORDERS[order]);

function descending(one: Decimal | undefined, other: Decimal | undefined): number {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1;
  return other.compare(one);
}

/** Realized P&L of all accounts; undefined as soon as it is not known of one. */
export const totalRealized = (portfolios: readonly AccountPortfolio[]): Decimal | undefined =>
  portfolios.reduce<Decimal | undefined>((total, { realized }) => realized && total?.plus(realized), ZERO);
