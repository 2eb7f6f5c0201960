import { Command, Option } from 'commander';
import { CHECK_EXITS } from '../exit-codes.js';
import { duration, exchangeOption } from '../options.js';
import type { SetExit } from '../program.js';

const DEFAULT_MAX_AGE_MS = 65 * 60_000;

export interface CheckOptions {
  readonly exchange: readonly string[];
  readonly offline: boolean;
  readonly maxAge: number;
  readonly format: 'text' | 'json';
}

const EXAMPLES = `
Examples:
  exchange-sync check
  exchange-sync check --offline --max-age 45m        the database alone, for a monitor
  exchange-sync check --format json | jq '.checks[] | select(.state != "ok")'

`;

export const checkCommand = (setExit: SetExit): Command =>
  new Command('check')
    .description('say whether all is well, and what to do where it is not; changes nothing')
    .addOption(exchangeOption())
    .option('--offline', 'ask no exchange', false)
    .option('--max-age <duration>', 'how old the last good sync may be', duration, DEFAULT_MAX_AGE_MS)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES + CHECK_EXITS)
    .action(async (options: CheckOptions) => {
      const { check } = await import('./check-run.js');
      setExit(await check(options));
    });
