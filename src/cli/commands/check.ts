import { Command, Option } from 'commander';
import { createExchangeClient } from '../../client/create-client.js';
import { parseDatabase } from '../../config/database-settings.js';
import { parseSettings } from '../../config/settings.js';
import { withDatabase } from '../../database/with-database.js';
import { checkExit, renderCheckJson, renderCheckReport } from '../../render/check-report.js';
import { writeOut } from '../../render/output.js';
import { runChecks } from '../../service/run-checks.js';
import { accountsOf, loadEnvironment, redactionOf } from '../context.js';
import { CHECK_EXITS } from '../exit-codes.js';
import { duration, exchangeOption } from '../options.js';
import type { SetExit } from '../program.js';
import { coloured } from '../terminal.js';

const DEFAULT_MAX_AGE_MS = 65 * 60_000;
const LOCK_WAIT_MS = 15_000;

interface CheckOptions {
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
      const environment = loadEnvironment();
      const accounts = accountsOf(environment, options.exchange);
      const results = await runChecks({
        environment,
        settings: parseSettings(environment.env),
        database: parseDatabase(environment.env),
        accounts,
        open: (settings) => (fn) => withDatabase(settings, { lockWaitMs: LOCK_WAIT_MS }, fn),
        createClient: createExchangeClient,
        offline: options.offline,
        maxAge: options.maxAge,
        now: Date.now(),
      });
      const text =
        options.format === 'json'
          ? renderCheckJson(results)
          : renderCheckReport(results, { colour: coloured(process.stdout) });
      await writeOut(redactionOf(environment, accounts.ok ? accounts.value : [])(text));
      setExit(checkExit(results));
    });
