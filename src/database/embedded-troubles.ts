import { constants } from 'node:fs';
import { access, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../errors.js';
import { filesOf } from './embedded-files.js';

/** PostgreSQL writes its log in segments of 16 MiB and needs room for a new one beside it. */
const MIN_FREE_BYTES = 32 * 1024 * 1024;
const PROBE_BYTES = 1024 * 1024;

/** Node's names; PGlite has its own numbers for them, which are not in its messages. */
const SPACE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const LIMIT: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);
const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * Why the files cannot be used though they are not damaged: too little memory, no space or quota, no permission, a
 * limit of the process. Undefined if it is none of these. All of them look like damage to PGlite, and the fix for
 * damage is to give the files up.
 */
export async function outsideTrouble(directory: string, cause: unknown): Promise<ExpectedError | undefined> {
  if (isTooLittleMemory(cause))
    return trouble(directory, 'cannot be opened: not enough memory', cause, MEMORY_FIX);
  const refused = (await probe(directory)) ?? codeOf(cause);
  if (SPACE.has(refused) || /no space left|disk quota/i.test(String(cause))) return full(directory, cause);
  if (LIMIT.has(refused))
    return trouble(directory, `hits a limit of this process (${refused})`, cause, LIMIT_FIX);
  if (FORBIDDEN.has(refused)) return forbidden(directory, refused, cause);
  if (await isNearlyFull(directory)) return full(directory, cause);
  const locked = await firstForbidden(filesOf(directory));
  return locked === undefined ? undefined : forbidden(directory, locked, cause);
}

const MEMORY_FIX =
  'Raise the limit of this process (ulimit -v unlimited), or set DATABASE_URL to a PostgreSQL server.';
const LIMIT_FIX = 'Raise the limit (ulimit -n, or the memory of the container) and run again.';

/** WebAssembly asks for its addresses before it looks at any file. */
const isTooLittleMemory = (cause: unknown): boolean =>
  cause instanceof RangeError && /^WebAssembly\.Memory\(\)|memory/i.test(cause.message);

/** Why a file of some size cannot be written there, by Node's name; undefined if it can. */
async function probe(directory: string): Promise<string | undefined> {
  const path = join(directory, 'probe');
  try {
    await writeFile(path, Buffer.alloc(PROBE_BYTES), { mode: 0o600 });
    return undefined;
  } catch (error) {
    return codeOf(error);
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

async function isNearlyFull(directory: string): Promise<boolean> {
  const space = await statfs(directory).catch(() => undefined);
  return space !== undefined && space.bavail * space.bsize < MIN_FREE_BYTES;
}

/** A file below that this user cannot read and write, as after a run as root. */
async function firstForbidden(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return folder;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const found = await firstForbidden(path);
      if (found !== undefined) return found;
    } else if (!(await isUsable(path))) return path;
  }
  return undefined;
}

const isUsable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );

const trouble = (directory: string, what: string, cause: unknown, fix: string): ExpectedError =>
  new ExpectedError('database', `the embedded database in ${directory} ${what}: ${reasonOf(cause)}`, {
    fix: `Its files are unchanged. ${fix}`,
    cause,
  });

const full = (directory: string, cause: unknown): ExpectedError =>
  new ExpectedError(
    'database',
    `the disk of the embedded database in ${directory} is full, or its quota is used up: ${reasonOf(cause)}`,
    {
      fix: 'Free disk space there and run again; nothing has to be moved, and stored data is intact.',
      cause,
    },
  );

const forbidden = (directory: string, what: string, cause: unknown): ExpectedError =>
  new ExpectedError(
    'database',
    `the embedded database in ${directory} cannot be read and written by this user (${what}): ${reasonOf(cause)}`,
    {
      fix: `Run as the user who synced, or change their owner: chown -R "$(id -u)" '${directory}'`,
      cause,
    },
  );

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
