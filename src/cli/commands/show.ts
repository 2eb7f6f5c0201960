import { Command, Option } from 'commander';
import { READING_TIMEOUT } from '../deadline.js';
import { SHOW_EXITS, type SetExit } from '../exit-codes.js';
import type { Period } from '../../models/results.js';
import {
  amount,
  currency,
  duration,
  durationOption,
  envFileOption,
  exchangeOption,
  lineCount,
  notBlank,
  period,
} from '../options.js';

/** Options that not every output heeds, with the outputs that do. */
const HEEDED_BY: Record<string, readonly Output[]> = {
  sort: ['table', 'markdown', 'html'],
  minValue: ['table', 'markdown', 'html'],
  group: ['table', 'markdown', 'html'],
  privacy: ['table', 'markdown', 'html', 'chart', 'bridge', 'trades'],
  currency: ['table', 'markdown', 'json', 'csv'],
  limit: ['trades'],
  exact: ['csv'],
};

type Output = 'table' | 'chart' | 'bridge' | 'period' | 'trades' | ShowOptions['format'];

export interface ShowOptions {
  readonly exchange: readonly string[];
  readonly format: 'table' | 'json' | 'csv' | 'markdown' | 'html';
  readonly sort: 'value' | 'asset' | 'pnl';
  readonly group: 'account' | 'asset';
  /** A decimal number. */
  readonly minValue?: string;
  readonly privacy?: true;
  /** Every digit in CSV. */
  readonly exact?: true;
  /** Money by law in which holdings are shown. */
  readonly currency?: string;
  /** ms back from now. */
  readonly history?: number;
  /** The one whose value `history` is. */
  readonly asset?: string;
  /** ms back from now. */
  readonly bridge?: number;
  readonly period?: Period;
  /** An asset. */
  readonly trades?: string;
  /** Lines of `trades` in the table. */
  readonly limit: number;
  /** ms */
  readonly timeout: number;
}

const EXAMPLES = `
Examples:
  exchange-sync show
  exchange-sync show -e bybit --sort pnl --min-value 10
  exchange-sync show --group asset --format markdown
  exchange-sync show --currency EUR                 by the rate that the last sync stored
  exchange-sync show --history 30d                  what it was worth, as a chart
  exchange-sync show --history 90d --asset BTC      what that coin alone was worth
  exchange-sync show --bridge 24h                   why it is worth more or less than yesterday
  exchange-sync show --period 30d                   realized, fees, income and flows of the last 30 days
  exchange-sync show --trades BTC -e bybit          every purchase and sale behind the average of BTC
  exchange-sync show --format html > report.html    a page with it all, for a browser or the printer
  exchange-sync show --format json | jq '.accounts[].totals'

`;

export const showCommand = (setExit: SetExit): Command =>
  new Command('show')
    .description('print holdings, average entry prices and profit and loss')
    .addOption(exchangeOption().default([], 'every account in the database'))
    .addOption(envFileOption())
    .addOption(
      new Option('-f, --format <format>', 'how to print')
        .choices(['table', 'json', 'csv', 'markdown', 'html'])
        .default('table'),
    )
    .addOption(
      new Option('--sort <column>', 'order of the assets')
        .choices(['value', 'asset', 'pnl'])
        .default('value'),
    )
    .addOption(
      new Option('--group <by>', 'a table for each account, or one over all with a row an asset')
        .choices(['account', 'asset'])
        .default('account'),
    )
    .option('--min-value <amount>', 'leave out rows worth less (the totals keep them)', amount)
    .option('--currency <code>', 'convert by the newest stored rate, into EUR for example', currency)
    .option('--privacy', 'show percentages in place of amounts')
    .option('--exact', 'with --format csv: every digit, instead of 8 decimals (JSON is always exact)')
    .option(
      '--history <period>',
      'the value over this time up to now, such as 30d; of --format html the time of its chart',
      duration,
    )
    .option('--asset <asset>', 'with --history: the value of this asset alone', notBlank)
    .option(
      '--bridge <period>',
      'why the value changed over this time up to the newest sync, such as 24h; of --format html too',
      duration,
    )
    .addOption(
      new Option(
        '--period <days>',
        'what was realized, earned, paid and moved in these UTC days: today, 7d, 30d, ytd, year or all',
      )
        .argParser(period)
        .conflicts(['history', 'bridge']),
    )
    .addOption(
      new Option('--trades <asset>', 'the events behind the average of an asset, line by line')
        .argParser(notBlank)
        .conflicts(['history', 'bridge', 'period']),
    )
    .addOption(
      new Option('--limit <lines>', 'so many of the last lines of --trades').argParser(lineCount).default(50),
    )
    .addOption(durationOption('--timeout <duration>', 'give up after this time', READING_TIMEOUT))
    .addHelpText('after', EXAMPLES + SHOW_EXITS)
    .action(async (options: ShowOptions, command: Command) => {
      refuseUnused(options, command);
      const { show } = await import('./show-run.js');
      setExit(await show(options));
    });

/** An option without effect would promise what the output does not hold: amounts hidden, rows left out. */
function refuseUnused(options: ShowOptions, command: Command): void {
  const output = outputOf(options);
  refuseOutputs(options, output, command);
  if (options.asset !== undefined && options.history === undefined) {
    command.error(
      "error: option '--asset' belongs to --history\n(Add --history 30d, or see --trades for the events of an asset.)",
    );
  }
  const past = (['history', 'bridge', 'period', 'trades'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (options.currency !== undefined && past !== undefined) {
    command.error(
      `error: option '--currency' is for holdings\n(Leave out --${past}: no rates of past days are stored.)`,
    );
  }
  for (const { attributeName, long } of command.options.map(optionName)) {
    const heeded = HEEDED_BY[attributeName]?.includes(output) ?? true;
    if (heeded || command.getOptionValueSource(attributeName) !== 'cli') continue;
    const only = ONLY_WITH[attributeName];
    const what = WRITTEN[output] ?? `--format ${output}`;
    const why = only === undefined ? `has no effect with ${what}` : `only works with ${only}`;
    command.error(`error: option '${long}' ${why}\n(Leave one of them out.)`);
  }
}

/** Outputs that there is no such format of, or that come one at a time. */
function refuseOutputs(options: ShowOptions, output: Output, command: Command): void {
  const asked = (['history', 'asset', 'bridge', 'period', 'trades'] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (output === 'markdown' && asked.length > 0) {
    command.error('error: --format markdown is for holdings and --trades\n(Choose table, json or csv.)');
  }
  const [left] = asked.filter((name) => name !== 'history' && name !== 'bridge');
  if (output === 'html' && left !== undefined) {
    command.error(`error: --format html has no part for --${left}\n(Choose table, json or csv for it.)`);
  }
  if (output !== 'html' && options.history !== undefined && options.bridge !== undefined) {
    command.error(
      'error: --bridge cannot be used with --history\n(Ask for one after the other, or for --format html, which has both.)',
    );
  }
}

const WRITTEN: Partial<Record<Output, string>> = {
  chart: '--history',
  bridge: '--bridge',
  period: '--period',
  trades: '--trades',
};

/** Options of a single output. */
const ONLY_WITH: Readonly<Record<string, string>> = { limit: '--trades', exact: '--format csv' };

function outputOf({ format, history, bridge, period: days, trades }: ShowOptions): Output {
  if (format === 'markdown' && trades !== undefined) return 'trades';
  if (format !== 'table') return format;
  if (history !== undefined) return 'chart';
  if (bridge !== undefined) return 'bridge';
  if (trades !== undefined) return 'trades';
  return days === undefined ? 'table' : 'period';
}

const optionName = (option: Option) => ({ attributeName: option.attributeName(), long: option.long ?? '' });
