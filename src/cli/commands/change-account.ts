import { withDatabase } from '../../database/with-database.js';
import { ExpectedError } from '../../errors.js';
import { writeOut } from '../../render/output.js';
import { removeStored, renameStored } from '../../service/administer-accounts.js';
import type { OpenDatabase } from '../../service/read-stored.js';
import { loadForShow } from '../context.js';
import { EXIT } from '../exit-codes.js';

export type AccountAction = 'rename' | 'remove';

/** A sync that is running keeps the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;

interface Request {
  readonly name: string;
  readonly newName: string | undefined;
  readonly yes: boolean;
}

/** Runs the command and gives its exit status. */
export async function changeAccount(action: AccountAction, request: Request): Promise<number> {
  const { database } = loadForShow([]);
  const open: OpenDatabase = (fn) => withDatabase(database, { lockWaitMs: LOCK_WAIT_MS }, fn);
  await writeOut(`${await ACTIONS[action](request, database, open)}\n`);
  return EXIT.ok;
}

type Act = (
  request: Request,
  settings: Parameters<typeof renameStored>[0],
  open: OpenDatabase,
) => Promise<string>;

const ACTIONS: Readonly<Record<AccountAction, Act>> = {
  rename: async ({ name, newName }, settings, open) => {
    if (newName === undefined) {
      throw misused('account rename needs a new name', `exchange-sync account rename ${name} NEW-NAME`);
    }
    await renameStored(settings, { from: name, to: newName }, open);
    return `${name} is now ${newName}. Its keys are read from ${prefixOf(newName)}_API_KEY and ${prefixOf(newName)}_API_SECRET.`;
  },
  remove: async ({ name, newName, yes }, settings, open) => {
    if (newName !== undefined) {
      throw misused('account remove takes one name', `exchange-sync account remove ${name} --yes`);
    }
    if (!yes) {
      throw misused(
        `account remove deletes all stored data of ${name}, including snapshots`,
        `Back up the database, then run: exchange-sync account remove ${name} --yes`,
      );
    }
    await removeStored(settings, name, open);
    return `${name} was removed. If its keys are set, the next sync imports its history again, as far as the exchange keeps it.`;
  },
};

const prefixOf = (name: string): string => name.toUpperCase().replace('/', '_');

const misused = (what: string, fix: string): ExpectedError => new ExpectedError('usage', what, { fix });
