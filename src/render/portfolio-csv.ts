import type { AccountPortfolio } from '../models/portfolio.js';
import { amountField, csvText, nameField } from './csv-text.js';
import { accountRows } from './figures.js';

const COLUMNS = [
  'account',
  'asset',
  'quantity',
  'price',
  'value',
  'known_quantity',
  'cost',
  'average_entry',
  'pnl',
  'currency',
] as const;

/** One row a holding, amounts as exact digits, unknown as an empty field; RFC 4180. */
export function renderPortfolioCsv(
  accounts: readonly AccountPortfolio[],
  { currency }: { readonly currency: string },
): string {
  const rows = accounts.flatMap((account) =>
    accountRows(account, currency).map(({ holding, price, value, pnl }) => [
      nameField(account.account),
      nameField(holding.asset),
      amountField(holding.quantity),
      amountField(price),
      amountField(value),
      amountField(holding.cost.knownQuantity),
      amountField(holding.cost.cost),
      amountField(holding.cost.averageEntry),
      amountField(pnl),
      currency,
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
