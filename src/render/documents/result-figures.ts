import { netFlows, realizedTotal } from '../../accounting/total-result.js';
import type { Decimal } from '../../models/decimal.js';
import type { Summed, Sums } from '../../models/results.js';

interface DeclaredFigure {
  /** In JSON. */
  readonly name: Summed | 'realized' | 'netFlows';
  readonly label: string;
  readonly title: string;
  readonly priority: number;
  /** An amount without a sign of gain or loss. */
  readonly isPlain?: boolean;
  readonly isSum?: boolean;
}

export interface ResultFigure extends DeclaredFigure {
  /** In CSV. */
  readonly key: string;
  readonly of: (sums: Sums) => Decimal;
}

const DECLARED: readonly DeclaredFigure[] = [
  { name: 'sales', label: 'Realized by sales', title: 'Sales', priority: 6 },
  { name: 'feesInKind', label: 'by fees paid in coins', title: 'Fees in kind', priority: 8 },
  { name: 'transferFees', label: 'by fees of own transfers', title: 'Transfer fees', priority: 9 },
  { name: 'income', label: 'by income', title: 'Income', priority: 7 },
  { name: 'realized', label: 'Realized in all', title: 'Realized', priority: 0, isSum: true },
  { name: 'feesPaid', label: 'Fees paid', title: 'Fees paid', priority: 2, isPlain: true },
  { name: 'deposits', label: 'Deposits', title: 'Deposits', priority: 4, isPlain: true },
  { name: 'withdrawals', label: 'Withdrawals', title: 'Withdrawals', priority: 5, isPlain: true },
  { name: 'netFlows', label: 'Net flows', title: 'Net flows', priority: 0, isSum: true },
  {
    name: 'unmatchedProceeds',
    label: 'Proceeds of unknown cost',
    title: 'Unmatched',
    priority: 10,
    isPlain: true,
  },
];

/** The figures of a period in their order. */
export const RESULT_FIGURES: readonly ResultFigure[] = DECLARED.map((figure) => ({
  ...figure,
  key: figure.name.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
  of: (sums) => amountOf(figure.name, sums),
}));

function amountOf(name: DeclaredFigure['name'], sums: Sums): Decimal {
  if (name === 'realized') return realizedTotal(sums);
  return name === 'netFlows' ? netFlows(sums) : sums[name];
}
