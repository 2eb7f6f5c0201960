import { type Decimal, ZERO } from '../../models/decimal.js';
import type { AccountId } from '../../models/account.js';
import type { Snapshot } from '../../models/history.js';
import { type AccountPortfolio, isNeverSynced } from '../../models/portfolio.js';
import { BOOKS_CURRENCY, type Rate } from '../../models/rates.js';
import {
  type HoldingFigures,
  holdingFigures,
  portfolioTotals,
  type PortfolioTotals,
} from '../../accounting/holding-figures.js';
import { SPANS, type ValueChange, valueChange } from '../../accounting/value-change.js';
import {
  amountOrNull,
  differenceJson,
  exchangeTotalsJson,
  jsonText,
  SCHEMA_VERSION,
  timeOrNull,
} from './text.js';

const PERCENT_DECIMALS = 8;

interface JsonSettings {
  readonly now: number;
  readonly currency: string;
  readonly recent: readonly Snapshot[];
  readonly rate?: Rate | undefined;
}

/** The accounts for a machine: amounts as strings, times in ISO 8601 UTC, null for what is not known. */
export function renderPortfolioJson(accounts: readonly AccountPortfolio[], settings: JsonSettings): string {
  const { now, currency, rate } = settings;
  const rows = accounts.map((portfolio) => holdingFigures(portfolio, currency));
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: timeOrNull(now),
    currency,
    rate: rate
      ? {
          price: amountOrNull(rate.price),
          priceCurrency: BOOKS_CURRENCY,
          priceRoute: rate.route,
          pricedAt: timeOrNull(rate.pricedAt),
        }
      : null,
    accounts: accounts.map((portfolio, at) => accountJson(portfolio, rows[at] ?? [], settings)),
    totals: totalsJson(portfolioTotals(rows.flat())),
    neverSynced: accounts.filter(isNeverSynced).map(({ account }) => account),
    valueChange: changesJson(
      accounts.filter((portfolio) => !isNeverSynced(portfolio)).map(({ account }) => account),
      settings,
    ),
  });
}

function accountJson(
  portfolio: AccountPortfolio,
  rows: readonly HoldingFigures[],
  settings: JsonSettings,
): object {
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
    totals: totalsJson(portfolioTotals(rows)),
    valueChange: changesJson([portfolio.account], settings),
    realized: amountOrNull(portfolio.realized),
    missingAcquisitions: portfolio.missingAcquisitions,
    differences: portfolio.differences.map(differenceJson),
    ...exchangeTotalsJson(portfolio.totals),
    coverage: portfolio.gaps.map(({ since, ...gap }) => ({ ...gap, since: timeOrNull(since) })),
    hasKey: portfolio.hasKey ?? null,
  };
}

function holdingJson(row: HoldingFigures, { lastPrices, estimated }: AccountPortfolio): object {
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
    costEstimatedQuantity: amountOrNull(estimated.get(asset) ?? ZERO),
    pnl: amountOrNull(row.pnl),
    pnlPercent: percentOrNull(row.pnlPercent),
    weightPercent: percentOrNull(row.weight),
  };
}

function totalsJson(totals: PortfolioTotals): object {
  return {
    value: amountOrNull(totals.value),
    valueLeavesOut: totals.withoutPrice,
    pnl: amountOrNull(totals.pnl),
    pnlPercent: percentOrNull(totals.pnlPercent),
    pnlCost: amountOrNull(totals.cost),
    pnlLeavesOut: totals.withoutPnl,
  };
}

/** Null if no two snapshots can be compared. */
function changesJson(accounts: readonly AccountId[], { now, recent }: JsonSettings): object {
  return Object.fromEntries(
    SPANS.map((span) => {
      const change = valueChange(accounts, recent, span, now);
      return [span.field, change ? changeJson(change) : null];
    }),
  );
}

/** `amount` is that of the value, deposits and withdrawals included; `gain` excludes them. */
const changeJson = ({ since, change, percent, netFlows, gain, gainPercent }: ValueChange): object => ({
  since: timeOrNull(since),
  amount: amountOrNull(change),
  percent: percentOrNull(percent),
  netFlows: amountOrNull(netFlows),
  gain: amountOrNull(gain),
  gainPercent: percentOrNull(gainPercent),
});

function percentOrNull(percent: Decimal | undefined): string | null {
  return amountOrNull(percent?.toDecimalPlaces(PERCENT_DECIMALS));
}
