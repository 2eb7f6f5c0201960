import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../errors.js';

/** Below the directory that the lock guards. */
export const filesOf = (directory: string): string => join(directory, 'pgdata');

/** Whether there is an embedded database; throws 'database' where that cannot be seen, which is not a no. */
export function embeddedExists(directory: string): boolean {
  try {
    statSync(filesOf(directory));
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new ExpectedError(
      'database',
      `the embedded database in ${directory} cannot be read: ${(cause as Error).message}`,
      {
        fix: 'Run as the user who synced, or choose another folder with EXCHANGE_SYNC_DATA_DIR.',
        cause,
      },
    );
  }
}
