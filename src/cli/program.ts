import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { ENV_FILE } from '../config/our-names.js';
import { accountCommand } from './commands/account.js';
import { checkCommand } from './commands/check.js';
import { completionCommand } from './commands/completion.js';
import { exportCommand } from './commands/export.js';
import { showCommand } from './commands/show.js';
import { syncCommand } from './commands/sync.js';
import type { SetExit } from './exit-codes.js';

export interface ProgramOutput {
  readonly setExit: SetExit;
  /** Receives the help and the version, so that main writes them like every other output. */
  readonly print: (text: string) => void;
}

/** Commander throws each error that it would print here; main prints it. */
const printNothing = (): void => undefined;

export function createProgram({ setExit, print }: ProgramOutput): Command {
  const program = new Command('exchange-sync')
    .description('Your exchange accounts in your own Postgres, exact to the last digit.')
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      `
Examples:
  exchange-sync sync                      sync every account that has a key
  exchange-sync show                      print holdings, average entry and P&L
  exchange-sync check --max-age 45m       check everything, for cron and monitoring

Each command explains its options and exit status: exchange-sync sync --help`,
    );
  program.hook('preAction', (_program, command) => {
    const { envFile } = command.opts<{ envFile?: string }>();
    if (envFile !== undefined) process.env[ENV_FILE] = envFile;
    refuseTwoFormats(command);
  });
  for (const command of [
    syncCommand,
    showCommand,
    checkCommand,
    accountCommand,
    exportCommand,
    completionCommand,
  ]) {
    program.addCommand(command(setExit));
  }
  const output = { writeOut: print, writeErr: print, outputError: printNothing };
  // Commands added by addCommand do not inherit these settings.
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showSuggestionAfterError().configureOutput(output);
  }
  return program;
}

function refuseTwoFormats(command: Command): void {
  const { format, json } = command.opts<{ format?: string; json?: true }>();
  if (json === undefined || format === 'json') return;
  command.error(`error: --json cannot be used with --format ${format}\n(Leave one of them out.)`);
}
