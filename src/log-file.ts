import { closeSync, constants, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, parse, join } from 'node:path';
import { NO_DATA_DIRECTORY } from './config/directories.js';
import { ExpectedError } from './errors.js';
import { distrust, targetOf } from './ownership.js';

export const LOG_FILES = 5;
/** A link that is put there after it was looked at is not followed. */
export const LOG_FLAGS =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** As the logger begins every line: the run's id is its first field. */
const FIRST_BYTES = '{"run":"';
/** The usual name for no file at all. */
const NO_FILE = '/dev/null';

export interface OpenedLog {
  readonly filename?: string;
  /** Why there is no log, for example a full disk: a log must not change what the run does. */
  readonly unwritable?: string;
}

/**
 * Makes the log where its path leads. Throws 'config' where it leads to anything but a log of this program:
 * what exchanges answer is written there, and in another file it could be run as a command.
 */
export function openLog(path: string | undefined): OpenedLog {
  if (path === undefined) return { unwritable: NO_DATA_DIRECTORY };
  if (path === NO_FILE) return {};
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const filename = targetOf(path);
    const why =
      distrust(path, 'append') ?? [filename, ...rotated(filename)].map(foreignContent).find(Boolean);
    if (why !== undefined) throw refused(why);
    closeSync(openSync(filename, LOG_FLAGS, 0o600));
    return { filename };
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    return { unwritable: (error as Error).message };
  }
}

/** The names that winston gives to the older parts of a log, and replaces without a look. */
function rotated(path: string): readonly string[] {
  const { dir, name, ext } = parse(path);
  return Array.from({ length: LOG_FILES - 1 }, (_, at) => join(dir, `${name}${at + 1}${ext}`));
}

/** Why a file is not a log of this program; undefined if it is one, is empty, or is not there. */
function foreignContent(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isFile()) return `${path} is not a regular file`;
  const file = openSync(path, constants.O_RDONLY);
  try {
    const bytes = Buffer.alloc(FIRST_BYTES.length);
    const length = readSync(file, bytes, 0, bytes.length, 0);
    const begins = bytes.toString('latin1', 0, length);
    return begins === '' || begins === FIRST_BYTES ? undefined : `${path} is not a log of exchange-sync`;
  } finally {
    closeSync(file);
  }
}

const refused = (why: string): ExpectedError =>
  new ExpectedError('config', `the log cannot be written: ${why}`, {
    fix: 'Choose a file of its own with EXCHANGE_SYNC_LOG_FILE (or /dev/null for none), or move this one.',
  });
