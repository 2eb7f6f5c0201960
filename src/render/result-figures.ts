import { knownFigure, netFlows, realizedTotal } from '../accounting/total-result.js';
import type { Decimal } from '../models/decimal.js';
import type { AssetResult, Sums, TotalResult } from '../models/results.js';

/** What is said of a period, in its order: the figure's name, how it is called, and where it comes from. */
export const RESULT_FIGURES = [
  { name: 'sales', label: 'Realized by sales', head: 'Sales', drop: 6, of: ({ sales }: Sums) => sales },
  {
    name: 'feesInKind',
    label: 'by fees paid in coins',
    head: 'Fees in kind',
    drop: 8,
    of: ({ feesInKind }: Sums) => feesInKind,
  },
  {
    name: 'transferFees',
    label: 'by fees of own transfers',
    head: 'Transfer fees',
    drop: 9,
    of: ({ transferFees }: Sums) => transferFees,
  },
  { name: 'income', label: 'by income', head: 'Income', drop: 7, of: ({ income }: Sums) => income },
  {
    name: 'realized',
    label: 'Realized in all',
    head: 'Realized',
    drop: 0,
    of: realizedTotal,
  },
  { name: 'feesPaid', label: 'Fees paid', head: 'Fees paid', drop: 2, of: ({ feesPaid }: Sums) => feesPaid },
  { name: 'deposits', label: 'Deposits', head: 'Deposits', drop: 4, of: ({ deposits }: Sums) => deposits },
  {
    name: 'withdrawals',
    label: 'Withdrawals',
    head: 'Withdrawals',
    drop: 5,
    of: ({ withdrawals }: Sums) => withdrawals,
  },
  {
    name: 'netFlows',
    label: 'Net flows',
    head: 'Net flows',
    drop: 0,
    of: netFlows,
  },
  {
    name: 'unmatchedProceeds',
    label: 'Proceeds of unknown cost',
    head: 'Unmatched',
    drop: 10,
    of: ({ unmatchedProceeds }: Sums) => unmatchedProceeds,
  },
] as const;

export type ResultFigure = (typeof RESULT_FIGURES)[number];

/** The figure of an asset or a sum; undefined if nothing of it is known. */
export const figureOf = (figure: ResultFigure, result: AssetResult | TotalResult): Decimal | undefined =>
  knownFigure(figure.of, result);
