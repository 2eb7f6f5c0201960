import { Command, Option } from 'commander';
import { SHOW_EXITS } from '../exit-codes.js';
import { amount, exchangeOption } from '../options.js';
import type { SetExit } from '../program.js';

export interface ShowOptions {
  readonly exchange: readonly string[];
  readonly format: 'table' | 'json' | 'csv';
  readonly sort: 'value' | 'asset' | 'pnl';
  /** A decimal number. */
  readonly minValue?: string;
  readonly privacy?: true;
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
    .option('--privacy', 'show percentages in place of amounts')
    .addHelpText('after', EXAMPLES + SHOW_EXITS)
    .action(async (options: ShowOptions) => {
      const { show } = await import('./show-run.js');
      setExit(await show(options));
    });
