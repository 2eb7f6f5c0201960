import { knownFigure } from '../../accounting/total-result.js';
import type { AssetResult, Results, TotalResult } from '../../models/results.js';
import { amountOrNull, jsonText, SCHEMA_VERSION, timeOrNull } from './text.js';
import { RESULT_FIGURES } from '../documents/result-figures.js';

/** The results for a machine: amounts as strings, null for what is not known; days are whole UTC days. */
export function renderResultsJson(results: Results, { currency }: { readonly currency: string }): string {
  const { window, now, accounts, absent, total } = results;
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: timeOrNull(now),
    currency,
    firstDay: window.from ?? null,
    lastDay: window.to,
    accounts: accounts.map(({ account, from, countedUntil, assets, total: sum }) => ({
      account,
      firstDay: from ?? null,
      countedUntil: timeOrNull(countedUntil),
      assets: assets.map((result) => ({
        asset: result.asset,
        ...figuresJson(result),
        unvaluedQuantity: amountOrNull(result.unvalued),
        missingQuantity: amountOrNull(result.missing),
        realizedIsEstimate: result.estimated ?? null,
      })),
      totals: totalJson(sum),
    })),
    neverSynced: absent,
    totals: totalJson(total),
  });
}

const totalJson = (total: TotalResult): object => ({ ...figuresJson(total), leavesOut: total.leavesOut });

/** `realized` is the sum of the four before it; the fees paid are in it, or in the cost of what was bought. */
const figuresJson = (result: AssetResult | TotalResult): object =>
  Object.fromEntries(
    RESULT_FIGURES.map((figure) => [figure.name, amountOrNull(knownFigure(figure.of, result))]),
  );
