import type { AccountPortfolio } from '../models/portfolio.js';
import { toText, type Decimal } from '../models/decimal.js';
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
      name(account.account),
      name(holding.asset),
      amount(holding.quantity),
      amount(price),
      amount(value),
      amount(holding.cost.knownQuantity),
      amount(holding.cost.cost),
      amount(holding.cost.averageEntry),
      amount(pnl),
      currency,
    ]),
  );
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

const amount = (value: Decimal | undefined): string => (value === undefined ? '' : toText(value));

/** A name that a spreadsheet would take for a formula gets an apostrophe before it. */
function name(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
