import { type Decimal, ZERO } from '../models/decimal.js';
import { type AssetResult, SUMMED, type Sums, type TotalResult } from '../models/results.js';

/** The sums over assets, with the assets of which something is excluded as its value is not known. */
export function totalResult(assets: readonly AssetResult[]): TotalResult {
  const sums = Object.fromEntries(
    SUMMED.map((kind) => [kind, assets.reduce((sum, asset) => sum.plus(asset.sums[kind]), ZERO)]),
  ) as Sums;
  const leavesOut = assets.filter(({ unvalued }) => !unvalued.isZero()).map(({ asset }) => asset);
  const nothingWhole = leavesOut.length > 0 && leavesOut.length === assets.length;
  return { sums, leavesOut: [...new Set(leavesOut)].sort(), nothingWhole };
}

/** Realized profit and loss of all kinds, after fees. */
export const realizedTotal = ({ sales, feesInKind, transferFees, income }: Sums): Decimal =>
  sales.plus(feesInKind).plus(transferFees).plus(income);

/** Deposits less withdrawals. */
export const netFlows = ({ deposits, withdrawals }: Sums): Decimal => deposits.minus(withdrawals);

/**
 * A figure of an asset or a sum; undefined if nothing of it is known. If something could not be valued, a sum of 0
 * does not mean that there was nothing.
 */
export function knownFigure(
  figure: (sums: Sums) => Decimal,
  result: AssetResult | TotalResult,
): Decimal | undefined {
  const amount = figure(result.sums);
  const open = 'asset' in result ? !result.unvalued.isZero() : result.nothingWhole;
  return amount.isZero() && open ? undefined : amount;
}
