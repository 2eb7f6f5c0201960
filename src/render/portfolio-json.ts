import type { Decimal } from '../models/decimal.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import type { Row, Totals } from './figures.js';
import { accountRows, totalsOf } from './figures.js';
import { amountOrNull, jsonText, SCHEMA_VERSION, timeOrNull } from './json-text.js';

const PERCENT_DECIMALS = 8;

/** The accounts for a machine: amounts as strings, times in ISO 8601 UTC, null for what is not known. */
export function renderPortfolioJson(
  accounts: readonly AccountPortfolio[],
  { now, currency }: { readonly now: number; readonly currency: string },
): string {
  const rows = accounts.map((portfolio) => accountRows(portfolio, currency));
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: timeOrNull(now),
    currency,
    accounts: accounts.map((portfolio, at) => accountJson(portfolio, rows[at] ?? [])),
    totals: totalsJson(totalsOf(rows.flat())),
  });
}

function accountJson(portfolio: AccountPortfolio, rows: readonly Row[]): object {
  const { lastFailure } = portfolio;
  return {
    account: portfolio.account,
    lastSuccess: timeOrNull(portfolio.lastSuccess),
    lastFailure: lastFailure ? { time: timeOrNull(lastFailure.time), message: lastFailure.message } : null,
    wallets: portfolio.wallets.map(({ wallet, readAt, failure }) => ({
      wallet,
      readAt: timeOrNull(readAt),
      failure: failure ?? null,
    })),
    holdings: rows.map((row) => holdingJson(row, portfolio)),
    totals: totalsJson(totalsOf(rows)),
    realized: amountOrNull(portfolio.realized),
    missingAcquisitions: portfolio.missingAcquisitions,
  };
}

function holdingJson(row: Row, { lastPrices }: AccountPortfolio): object {
  const { asset, cost, price, quantity } = row.holding;
  const last = lastPrices.get(asset);
  return {
    asset,
    quantity: amountOrNull(quantity),
    price: amountOrNull(row.price),
    priceRoute: price.known ? price.route : null,
    pricedAt: timeOrNull(price.known ? price.pricedAt : undefined),
    lastKnownPrice: last ? { price: amountOrNull(last.price), at: timeOrNull(last.time) } : null,
    value: amountOrNull(row.value),
    averageEntry: amountOrNull(cost.averageEntry),
    cost: cost.knownQuantity.isZero() ? null : amountOrNull(cost.cost),
    costKnownQuantity: amountOrNull(cost.knownQuantity),
    pnl: amountOrNull(row.pnl),
    pnlPercent: percentOrNull(row.pnlPercent),
    weightPercent: percentOrNull(row.weight),
  };
}

function totalsJson(totals: Totals): object {
  return {
    value: amountOrNull(totals.value),
    valueLeavesOut: totals.withoutPrice,
    pnl: amountOrNull(totals.pnl),
    pnlPercent: percentOrNull(totals.pnlPercent),
    pnlCost: amountOrNull(totals.cost),
    pnlLeavesOut: totals.withoutPnl,
  };
}

function percentOrNull(percent: Decimal | undefined): string | null {
  return amountOrNull(percent?.toDecimalPlaces(PERCENT_DECIMALS));
}
