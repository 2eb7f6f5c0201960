import { Command } from 'commander';
import { SUBJECTS } from '../../models/check.js';
import { READING_TIMEOUT } from '../deadline.js';
import { CHECK_EXITS, type SetExit } from '../exit-codes.js';
import {
  durationOption,
  envFileOption,
  exchangeOption,
  formatOption,
  jsonOption,
  subjectOption,
} from '../options.js';
import type { CheckOptions } from './print-checks.js';

const EXAMPLES = `
Examples:
  exchange-sync check
  exchange-sync check --offline --max-age 45m        the database alone
  exchange-sync check --format nagios                first line with perfdata, as without a terminal
  exchange-sync check --skip key-binding             all but one
  exchange-sync check --format json | jq '.checks[] | select(.state != "ok")'

`;

const CHECKS = `Checks:
${columns(SUBJECTS, 6)}

`;

function columns(words: readonly string[], perLine: number): string {
  const lines = words.flatMap((_, at) =>
    at % perLine === 0 ? [words.slice(at, at + perLine).join(', ')] : [],
  );
  return lines.map((line) => `  ${line}`).join(',\n');
}

export const checkCommand = (setExit: SetExit): Command =>
  new Command('check')
    .description('check configuration, database and exchanges (read-only)')
    .addOption(exchangeOption())
    .addOption(envFileOption())
    .option('--offline', 'do not contact exchanges')
    .addOption(durationOption('--max-age <duration>', 'maximum age of the last successful sync', '65m'))
    .addOption(durationOption('--timeout <duration>', 'stop after this time', READING_TIMEOUT))
    .addOption(formatOption(['text', 'json', 'nagios', 'csv', 'markdown', 'html'], 'text'))
    .addOption(jsonOption())
    .option('-v, --verbose', 'print every check, not only findings and one line per account')
    .addOption(subjectOption('--only <check>', 'run only this check (repeatable)'))
    .addOption(subjectOption('--skip <check>', 'skip this check (repeatable)'))
    .addHelpText('after', EXAMPLES + CHECKS + CHECK_EXITS)
    .action(async (options: CheckOptions) => {
      const { printChecks } = await import('../run-command.js');
      setExit(await printChecks(options));
    });
