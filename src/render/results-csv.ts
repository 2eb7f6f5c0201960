import type { Results } from '../models/results.js';
import { amountField, type CsvOptions, csvText, nameField } from './csv-text.js';
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

/** One row an asset of an account, amounts as plain digits, empty where they are not known; RFC 4180. */
export function renderResultsCsv(results: Results, options: CsvOptions): string {
  const rows = results.accounts.flatMap(({ account, from, assets }) =>
    assets.map((result) => [
      nameField(account),
      nameField(result.asset),
      from ?? '',
      results.window.to,
      ...RESULT_FIGURES.map((figure) => amountField(figureOf(figure, result), options)),
      amountField(result.unvalued, options),
      amountField(result.missing, options),
      result.estimated === undefined ? '' : String(result.estimated),
      options.currency,
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
