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
      new Option('--group <by>', 'group by account or by asset')
        .choices(['account', 'asset'])
        .default('account'),
    )
    .option('--min-value <amount>', 'hide rows worth less (they stay in the totals)', amount)
    .option('--currency <code>', 'convert to another currency, e.g. EUR (latest stored rate)', currency)
    .option('--privacy', 'show percentages instead of amounts')
    .option('--exact', 'with --format csv: every digit, instead of 8 decimals (JSON is always exact)')
    .option(
      '--history <period>',
      'chart of value over a period such as 30d (also used by --format html)',
      duration,
    )
    .option('--asset <asset>', 'with --history: the value of this asset only', notBlank)
    .option(
      '--bridge <period>',
      'explain the change in value over a period such as 24h (also used by --format html)',
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
