import { Command } from 'commander';
import { EXPORT_EXITS, type SetExit } from '../exit-codes.js';
import { envFileOption } from '../options.js';

const EXAMPLES = `
Examples:
  exchange-sync export > exchange-sync.sql           all of the embedded database
  psql "$DATABASE_URL" -f exchange-sync.sql          all of it into a server, or nothing

`;

export const exportCommand = (setExit: SetExit): Command =>
  new Command('export')
    .description('dump the embedded database as SQL for import with psql')
    .addOption(envFileOption())
    .addHelpText('after', EXAMPLES + EXPORT_EXITS)
    .action(async () => {
      const { printExport } = await import('../run-command.js');
      setExit(await printExport());
    });
