import { netFlows, realizedTotal } from '../../accounting/total-result.js';
import type { Decimal } from '../../models/decimal.js';
import type { Sums } from '../../models/results.js';

export interface ResultFigure {
  /** In JSON. */
  readonly name: string;
  /** In CSV. */
  readonly key: string;
  readonly label: string;
  readonly title: string;
  readonly priority: number;
  /** An amount without a sign of gain or loss. */
  readonly isPlain?: boolean;
  readonly isSum?: boolean;
  readonly of: (sums: Sums) => Decimal;
}

/** The figures of a period in their order. */
export const RESULT_FIGURES: readonly ResultFigure[] = [
  {
    name: 'sales',
    key: 'sales',
    label: 'Realized by sales',
    title: 'Sales',
    priority: 6,
    of: ({ sales }) => sales,
  },
  {
    name: 'feesInKind',
    key: 'fees_in_kind',
    label: 'by fees paid in coins',
    title: 'Fees in kind',
    priority: 8,
    of: ({ feesInKind }) => feesInKind,
  },
  {
    name: 'transferFees',
    key: 'transfer_fees',
    label: 'by fees of own transfers',
    title: 'Transfer fees',
    priority: 9,
    of: ({ transferFees }) => transferFees,
  },
  {
    name: 'income',
    key: 'income',
    label: 'by income',
    title: 'Income',
    priority: 7,
    of: ({ income }) => income,
  },
  {
    name: 'realized',
    key: 'realized',
    label: 'Realized in all',
    title: 'Realized',
    priority: 0,
    isSum: true,
    of: realizedTotal,
  },
  {
    name: 'feesPaid',
    key: 'fees_paid',
    label: 'Fees paid',
    title: 'Fees paid',
    priority: 2,
    isPlain: true,
    of: ({ feesPaid }) => feesPaid,
  },
  {
    name: 'deposits',
    key: 'deposits',
    label: 'Deposits',
    title: 'Deposits',
    priority: 4,
    isPlain: true,
    of: ({ deposits }) => deposits,
  },
  {
    name: 'withdrawals',
    key: 'withdrawals',
    label: 'Withdrawals',
    title: 'Withdrawals',
    priority: 5,
    isPlain: true,
    of: ({ withdrawals }) => withdrawals,
  },
  {
    name: 'netFlows',
    key: 'net_flows',
    label: 'Net flows',
    title: 'Net flows',
    priority: 0,
    isSum: true,
    of: netFlows,
  },
  {
    name: 'unmatchedProceeds',
    key: 'unmatched_proceeds',
    label: 'Proceeds of unknown cost',
    title: 'Unmatched',
    priority: 10,
    isPlain: true,
    of: ({ unmatchedProceeds }) => unmatchedProceeds,
  },
];
