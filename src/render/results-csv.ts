import type { Results } from '../models/results.js';
import { amountField, csvText, nameField } from './csv-text.js';
import { figureOf, RESULT_FIGURES } from './result-figures.js';

const COLUMNS = [
  'account',
  'asset',
  'first_day',
  'last_day',
  'sales',
  'fees_in_kind',
  'transfer_fees',
  'income',
  'realized',
  'fees_paid',
  'deposits',
  'withdrawals',
  'net_flows',
  'unmatched_proceeds',
  'unvalued_quantity',
  'missing_quantity',
  'realized_is_estimate',
  'currency',
] as const;

/** One row an asset of an account, amounts as exact digits, empty where they are not known; RFC 4180. */
export function renderResultsCsv(results: Results, { currency }: { readonly currency: string }): string {
  const rows = results.accounts.flatMap(({ account, from, assets }) =>
    assets.map((result) => [
      nameField(account),
      nameField(result.asset),
      from ?? '',
      results.window.to,
      ...RESULT_FIGURES.map((figure) => amountField(figureOf(figure, result))),
      amountField(result.unvalued),
      amountField(result.missing),
      result.estimated === undefined ? '' : String(result.estimated),
      currency,
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
