import type { AccountId } from '../models/account.js';
import type { DatabaseSettings } from '../models/settings.js';
import { removeAccount, renameAccount } from '../repository/accounts.js';
import { type OpenDatabase, readStoredInParts } from './read-stored.js';

/** Renames an account in all stored data; throws what readStored throws. */
export const renameStored = (
  settings: DatabaseSettings,
  { from, to }: { readonly from: AccountId; readonly to: AccountId },
  open: OpenDatabase,
): Promise<void> =>
  readStoredInParts(settings, [], open, (database) => database.run((sql) => renameAccount(sql, from, to)));

/** Deletes all stored data of an account; throws what readStored throws. */
export const removeStored = (
  settings: DatabaseSettings,
  account: AccountId,
  open: OpenDatabase,
): Promise<void> =>
  readStoredInParts(settings, [], open, (database) => database.run((sql) => removeAccount(sql, account)));
