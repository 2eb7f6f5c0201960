import { type AccountPortfolio, isNeverSynced } from '../models/portfolio.js';
import { amountField, type CsvOptions, csvText, nameField } from './csv-text.js';
import { holdingFigures } from '../accounting/holding-figures.js';

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
  'note',
] as const;

/**
 * One row a holding, amounts as plain digits, unknown as an empty field; RFC 4180. An account that was never
 * synced has one row without an asset; `note` says so, and why the last sync of an account failed. It is in the
 * first row of the account only, as the reason may be long.
 */
export function renderPortfolioCsv(accounts: readonly AccountPortfolio[], options: CsvOptions): string {
  const { currency } = options;
  const rows = accounts.flatMap((portfolio) => {
    const [account, note] = [nameField(portfolio.account), nameField(noteOf(portfolio))];
    if (isNeverSynced(portfolio)) return [[account, ...COLUMNS.slice(1, -2).map(() => ''), currency, note]];
    return holdingFigures(portfolio, currency).map(({ holding, price, value, pnl }, at) => [
      account,
      nameField(holding.asset),
      amountField(holding.quantity, options),
      amountField(price, options),
      amountField(value, options),
      amountField(holding.cost.knownQuantity, options),
      amountField(holding.cost.cost, options),
      amountField(holding.cost.averageEntry, options),
      amountField(pnl, options),
      currency,
      at === 0 ? note : '',
    ]);
  });
  return csvText([COLUMNS, ...rows]);
}

function noteOf(portfolio: AccountPortfolio): string {
  const { lastFailure } = portfolio;
  const failed = lastFailure
    ? [`last sync failed ${new Date(lastFailure.time).toISOString()}: ${lastFailure.message}`]
    : [];
  return [...(isNeverSynced(portfolio) ? ['never synced'] : []), ...failed].join('; ');
}
