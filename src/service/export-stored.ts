import { type Take, writeScript } from '../database/script.js';
import { withDatabase } from '../database/with-database.js';
import { type OpenDatabase, readStoredInParts } from './read-stored.js';

/** A running sync locks the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;

/** The embedded database of a directory as a script for psql; throws as `show` does. */
export async function exportStored(directory: string, take: Take): Promise<void> {
  const settings = { kind: 'embedded', directory } as const;
  const open: OpenDatabase = (fn) => withDatabase(settings, { lockWaitMs: LOCK_WAIT_MS }, fn);
  await readStoredInParts(settings, [], open, (database) => writeScript(database, take));
}
