import { chmod, mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { ExpectedError } from '../errors.js';
import { distrust } from '../ownership.js';
import { type Sql, withConnection } from './connection.js';
import { hasSqlState, isDamaged } from './database-errors.js';
import { keepBackup, wayBack } from './backups.js';
import { filesOf } from './embedded-files.js';
import { outsideTrouble } from './embedded-troubles.js';
import { openPglite } from './pglite-stream.js';
import { POSTGRES_VERSION, SCHEMA_VERSION } from './schema-version.js';

const LOCK_POLL_MS = 100;
/** PGlite's own names. By default the library takes the name of this machine's user, who may have none. */
const OWNER = { user: 'postgres', database: 'postgres' };

/** One operation over a fresh connection to the embedded database. */
export type EmbeddedConnection = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

export interface Embedded {
  readonly connection: EmbeddedConnection;
  /** Keeps a copy of all of it, which has a schema of this version. */
  readonly backUp: (schema: number) => Promise<void>;
}

/** The embedded database of a directory for as long as `work` runs, under a lock that dies with the process. */
export async function withEmbedded<T>(
  directory: string,
  lockWaitMs: number,
  work: (embedded: Embedded) => Promise<T>,
): Promise<T> {
  const lock = await takeLock(directory, lockWaitMs);
  try {
    await refuseOtherVersion(directory);
    const pglite = await openPglite(filesOf(directory)).catch(async (cause: unknown) => {
      throw (await outsideTrouble(directory, cause)) ?? damaged(directory, 'does not open', cause);
    });
    try {
      return await work({
        connection: serial((operation) =>
          explained(directory, withConnection(OWNER, pglite.openStream, operation)),
        ),
        backUp: (schema) => keepBackup(directory, { postgres: POSTGRES_VERSION, schema }, pglite.copy),
      });
    } finally {
      await pglite.close();
    }
  } finally {
    unlock(lock.fd);
    await lock.close();
  }
}

/** Some damage shows only when what is damaged is read, and a full disk ends PGlite in the middle of a statement. */
async function explained<T>(directory: string, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof ExpectedError || (hasSqlState(error) && !isDamaged(error))) throw error;
    const outside = await outsideTrouble(directory, error);
    throw outside ?? (isDamaged(error) ? damaged(directory, 'cannot be read', error) : error);
  }
}

/** PGlite is one session: connections take turns. */
function serial(connection: EmbeddedConnection): EmbeddedConnection {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const next = last.then(() => connection(work));
    last = next.catch(() => undefined);
    return next;
  };
}

/**
 * Two PGlite on one directory lose each other's rows in silence, so the lock comes before it opens.
 * It is the kernel's: WebAssembly blocks the event loop, so a heartbeat would stop.
 */
async function takeLock(directory: string, waitMs: number): Promise<FileHandle> {
  const path = join(directory, 'lock');
  const file = await openLockFile(directory, path);
  const until = Date.now() + waitMs;
  while (!tryLock(file.fd)) {
    if (Date.now() >= until) {
      const holder = (await readFile(path, 'utf8')).trim();
      await file.close();
      throw new ExpectedError(
        'busy',
        `the embedded database in ${directory} is in use by process ${holder}`,
        {
          fix: 'Wait until that process ends, and run again.',
        },
      );
    }
    await sleep(LOCK_POLL_MS);
  }
  await file.truncate(0);
  await file.write(`${process.pid}\n`, 0);
  return file;
}

async function openLockFile(directory: string, path: string): Promise<FileHandle> {
  try {
    refuseForeign(directory);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    refuseForeign(directory);
    // PGlite makes its files readable by all; the directory keeps others out.
    await chmod(directory, 0o700);
    return await open(path, 'a+', 0o600);
  } catch (cause) {
    if (cause instanceof ExpectedError) throw cause;
    throw new ExpectedError(
      'database',
      `the directory ${directory} cannot be written: ${(cause as Error).message}`,
      {
        fix: 'Make the user who runs exchange-sync its owner, or choose another with EXCHANGE_SYNC_DATA_DIR.',
        cause,
      },
    );
  }
}

/** The owner of one of these folders can read and replace its content. */
function refuseForeign(directory: string): void {
  for (const folder of [dirname(directory), directory, filesOf(directory)]) {
    const why = distrust(folder, 'folder');
    if (why !== undefined) throw notOurs(why);
  }
}

/** PGlite would only say that it failed. */
async function refuseOtherVersion(directory: string): Promise<void> {
  const version = await readFile(join(filesOf(directory), 'PG_VERSION'), 'utf8').catch(() => '');
  if (!/^\d+\n?$/.test(version) || version.trim() === POSTGRES_VERSION) return;
  throw new ExpectedError(
    'config',
    `the embedded database in ${directory} has PostgreSQL version ${version.trim()}, and this program requires ${POSTGRES_VERSION}`,
    { fix: `Use the version of exchange-sync that wrote it. Or ${back(directory)}` },
  );
}

const back = (directory: string): string =>
  wayBack(directory, { postgres: POSTGRES_VERSION, schema: SCHEMA_VERSION });

const notOurs = (why: string): ExpectedError =>
  new ExpectedError('config', `the embedded database is not opened: ${why}`, {
    fix: 'Run as the user who synced, or choose another folder with EXCHANGE_SYNC_DATA_DIR.',
  });

const damaged = (directory: string, what: string, cause: unknown): ExpectedError =>
  new ExpectedError(
    'database',
    `the embedded database in ${directory} ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      fix: `Its files are damaged. Restore a backup of yours, or ${back(directory)}`,
      cause,
    },
  );
