import { Command } from 'commander';
import { SYNC_EXITS, type SetExit } from '../exit-codes.js';
import {
  durationOption,
  envFileOption,
  exchangeOption,
  formatOption,
  jsonOption,
  notBlank,
  pastDate,
} from '../options.js';
import type { SyncOptions } from './sync-options.js';

const EXAMPLES = `
Examples:
  exchange-sync sync                                 every account that has a key
  exchange-sync sync -e bybit -e bybit/sub1          two accounts, in parallel
  exchange-sync sync --since 2025-01-01              first run: history from that day only
  exchange-sync sync --dry-run                       read and compute everything, write nothing
  exchange-sync sync --json | jq '.accounts[].outcome'

`;

export const syncCommand = (setExit: SetExit): Command =>
  new Command('sync')
    .description('sync exchange accounts into the database')
    .addOption(exchangeOption())
    .addOption(envFileOption())
    .option(
      '--since <date>',
      'for a new account, import history from this date (UTC) instead of all of it',
      pastDate,
    )
    .option('--dry-run', 'write nothing')
    .option('--init', 'create the tables even if the database holds those of another application')
    .option('--accept-empty', 'accept that an account is now empty')
    .option(
      '--accept-unexplained [asset...]',
      'record balance differences that no record explains as adjustments of unknown cost (default: of all assets)',
    )
    .addOption(durationOption('--timeout <duration>', 'end the run after this time', '25m'))
    .option(
      '--metrics-file <path>',
      "write Prometheus metrics for node_exporter's textfile collector (must end in .prom; default: EXCHANGE_SYNC_METRICS_FILE)",
      notBlank,
    )
    .addOption(formatOption(['text', 'json', 'csv', 'markdown', 'html'], 'text'))
    .addOption(jsonOption())
    .option('-q, --quiet', 'print failures only')
    .option('-v, --verbose', 'print the summary even when output is not a terminal')
    .addHelpText('after', EXAMPLES + SYNC_EXITS)
    // What a command needs is loaded when it runs: --help and the other commands start without it.
    .action(async (options: SyncOptions) => {
      const { performSync } = await import('../run-command.js');
      setExit(await performSync(options));
    });
