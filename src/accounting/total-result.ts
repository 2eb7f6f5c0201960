import { ZERO } from '../models/decimal.js';
import { type AssetResult, SUMMED, type Sums, type TotalResult } from '../models/results.js';

/** The sums over assets, with those of which something is left out as its value is not known. */
export function totalResult(assets: readonly AssetResult[]): TotalResult {
  const sums = Object.fromEntries(
    SUMMED.map((kind) => [kind, assets.reduce((sum, asset) => sum.plus(asset.sums[kind]), ZERO)]),
  ) as Sums;
  const leavesOut = assets.filter(({ unvalued }) => !unvalued.isZero()).map(({ asset }) => asset);
  const nothingWhole = leavesOut.length > 0 && leavesOut.length === assets.length;
  return { sums, leavesOut: [...new Set(leavesOut)].sort(), nothingWhole };
}
