import { Argument, Command } from 'commander';
import { ACCOUNT_EXITS, type SetExit } from '../exit-codes.js';
import { envFileOption } from '../options.js';
import type { AccountAction } from './change-account.js';

const ACTIONS: readonly AccountAction[] = ['rename', 'remove'];

const EXAMPLES = `
Examples:
  exchange-sync account rename bybit bybit/main      after the keys were renamed to BYBIT_MAIN_…
  exchange-sync account remove bybit/old --yes       delete its records, snapshots and totals

`;

export const accountCommand = (setExit: SetExit): Command =>
  new Command('account')
    .description('rename or remove an account in the database; nothing is changed at the exchange')
    .addArgument(new Argument('<action>', 'the action').choices(ACTIONS))
    .argument('<name>', 'name of the account, such as bybit/main')
    .argument('[new-name]', 'new name, for rename')
    .option('--yes', 'delete without asking, for remove')
    .addOption(envFileOption())
    .addHelpText('after', EXAMPLES + ACCOUNT_EXITS)
    .action(
      async (
        action: AccountAction,
        name: string,
        newName: string | undefined,
        options: { yes?: boolean },
      ) => {
        const { changeAccount } = await import('../run-command.js');
        setExit(await changeAccount(action, { name, newName, yes: options.yes ?? false }));
      },
    );
