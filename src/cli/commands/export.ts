import { Command } from 'commander';
import { EXPORT_EXITS } from '../exit-codes.js';
import { envFileOption } from '../options.js';
import type { SetExit } from '../program.js';

const EXAMPLES = `
Examples:
  exchange-sync export > exchange-sync.sql           all of the embedded database
  psql "$DATABASE_URL" -f exchange-sync.sql          all of it into a server, or nothing

`;

export const exportCommand = (setExit: SetExit): Command =>
  new Command('export')
    .description('print the embedded database as SQL, which psql brings into a PostgreSQL server')
    .addOption(envFileOption())
    .addHelpText('after', EXAMPLES + EXPORT_EXITS)
    .action(async () => {
      const { exportDatabase } = await import('./export-run.js');
      setExit(await exportDatabase());
    });
