import { Command, Option } from 'commander';
import { CHECK_EXITS } from '../exit-codes.js';
import { durationOption, exchangeOption } from '../options.js';
import type { SetExit } from '../program.js';

export interface CheckOptions {
  readonly exchange: readonly string[];
  readonly offline?: true;
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
    .option('--offline', 'ask no exchange')
    .addOption(durationOption('--max-age <duration>', 'how old the last good sync may be', '65m'))
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES + CHECK_EXITS)
    .action(async (options: CheckOptions) => {
      const { check } = await import('./check-run.js');
      setExit(await check(options));
    });
