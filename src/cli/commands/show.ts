import { Command, Option } from 'commander';
import { withDatabase } from '../../database/with-database.js';
import type { Decimal } from '../../models/decimal.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import { writeOut } from '../../render/output.js';
import { renderPortfolioCsv } from '../../render/portfolio-csv.js';
import { renderPortfolioJson } from '../../render/portfolio-json.js';
import { renderPortfolio } from '../../render/portfolio-table.js';
import { showPortfolio } from '../../service/show-portfolio.js';
import { loadForShow } from '../context.js';
import { EXIT, SHOW_EXITS } from '../exit-codes.js';
import { amount, exchangeOption } from '../options.js';
import type { SetExit } from '../program.js';
import { coloured, widthOf } from '../terminal.js';

/** A sync that is running keeps the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;
const STALE_AFTER_MS = 65 * 60_000;

interface ShowOptions {
  readonly exchange: readonly string[];
  readonly format: 'table' | 'json' | 'csv';
  readonly sort: 'value' | 'asset' | 'pnl';
  readonly minValue?: Decimal;
  readonly privacy: boolean;
}

const EXAMPLES = `
Examples:
  exchange-sync show
  exchange-sync show -e bybit --sort pnl --min-value 10
  exchange-sync show --format json | jq '.accounts[].totals'

`;

export const showCommand = (setExit: SetExit): Command =>
  new Command('show')
    .description('print holdings, average entry prices and profit and loss')
    .addOption(exchangeOption().default([], 'every account in the database'))
    .addOption(
      new Option('-f, --format <format>', 'how to print').choices(['table', 'json', 'csv']).default('table'),
    )
    .addOption(
      new Option('--sort <column>', 'order of the assets')
        .choices(['value', 'asset', 'pnl'])
        .default('value'),
    )
    .option('--min-value <amount>', 'leave out rows worth less (the totals keep them)', amount)
    .option('--privacy', 'show percentages in place of amounts', false)
    .addHelpText('after', EXAMPLES + SHOW_EXITS)
    .action(async (options: ShowOptions) => {
      const { database: settings, accounts } = loadForShow(options.exchange);
      const portfolio = await showPortfolio(settings, accounts, (fn) =>
        withDatabase(settings, { lockWaitMs: LOCK_WAIT_MS }, fn),
      );
      await writeOut(render(options, portfolio));
      setExit(EXIT.ok);
    });

function render(options: ShowOptions, accounts: readonly AccountPortfolio[]): string {
  const now = Date.now();
  const currency = 'USD';
  if (options.format === 'json') return renderPortfolioJson(accounts, { now, currency });
  if (options.format === 'csv') return renderPortfolioCsv(accounts, { currency });
  return renderPortfolio(accounts, {
    now,
    currency,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
    privacy: options.privacy,
    sort: options.sort,
    staleAfterMs: STALE_AFTER_MS,
    ...(options.minValue ? { minValue: options.minValue } : {}),
  });
}
