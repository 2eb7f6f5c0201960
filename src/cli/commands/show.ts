import { Command, Option } from 'commander';
import { READING_TIMEOUT } from '../deadline.js';
import { SHOW_EXITS, type SetExit } from '../exit-codes.js';
import {
  amount,
  currency,
  duration,
  durationOption,
  envFileOption,
  exchangeOption,
  formatOption,
  jsonOption,
  lineCount,
  notBlank,
  period,
} from '../options.js';
import { refuseUnused, type ShowOptions } from './view-options.js';

const EXAMPLES = `
Examples:
  exchange-sync show
  exchange-sync show -e bybit --sort pnl --min-value 10
  exchange-sync show --group asset --format markdown
  exchange-sync show --currency EUR                 at the rate stored by the last sync
  exchange-sync show --history 30d                  chart of the value
  exchange-sync show --history 90d --asset BTC      chart of one coin's value
  exchange-sync show --bridge 24h                   why the value changed since yesterday
  exchange-sync show --period 30d                   realized P&L, income, fees and transfers
  exchange-sync show --trades BTC -e bybit          every transaction behind BTC's average cost
  exchange-sync show --format html > report.html    a report for a browser or the printer
  exchange-sync show --format json | jq '.accounts[].totals'

`;

export const showCommand = (setExit: SetExit): Command =>
  new Command('show')
    .description('print holdings, average entry and P&L')
    .addOption(exchangeOption().default([], 'every account in the database'))
    .addOption(envFileOption())
    .addOption(formatOption(['table', 'json', 'csv', 'markdown', 'html'], 'table'))
    .addOption(jsonOption())
    .addOption(
      new Option('--sort <column>', 'order of the assets')
        .choices(['value', 'asset', 'pnl'])
        .default('value'),
    )
    .addOption(
      new Option('--group <by>', 'group by account or by asset')
        .choices(['account', 'asset'])
        .default('account'),
    )
    .option('--min-value <amount>', 'hide rows worth less (the totals include them)', amount)
    .option('--currency <code>', 'convert to another currency, e.g. EUR (latest stored rate)', currency)
    .option('--privacy', 'show percentages instead of amounts')
    .option('--exact', 'with --format csv: every digit, instead of 8 decimals (JSON is always exact)')
    .option(
      '--history <period>',
      'chart of value over a period, such as 30d (also used by --format html)',
      duration,
    )
    .option('--asset <asset>', 'with --history: the value of this asset only', notBlank)
    .option(
      '--bridge <period>',
      'explain the change in value over a period, such as 24h (also used by --format html)',
      duration,
    )
    .addOption(
      new Option(
        '--period <days>',
        'realized P&L, income, fees and transfers for a period (UTC days): today, 7d, 30d, ytd, year or all',
      )
        .argParser(period)
        .conflicts(['history', 'bridge']),
    )
    .addOption(
      new Option('--trades <asset>', "list every transaction behind an asset's average cost")
        .argParser(notBlank)
        .conflicts(['history', 'bridge', 'period']),
    )
    .addOption(
      new Option('--limit <lines>', 'show at most this many lines of --trades')
        .argParser(lineCount)
        .default(50),
    )
    .addOption(durationOption('--timeout <duration>', 'stop after this time', READING_TIMEOUT))
    .addHelpText('after', EXAMPLES + SHOW_EXITS)
    .action(async (options: ShowOptions, command: Command) => {
      refuseUnused(options, command);
      const { show } = await import('./print-view.js');
      setExit(await show(options));
    });
