import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parsePath } from './paths.js';
import { invalid, type Parsed, valid } from './problems.js';
import type { Env } from './env.js';

export const NO_DATA_DIRECTORY = 'this user has no home directory to keep data in';

/** Where the embedded database is; invalid if no data directory is known. */
export function embeddedDirectory(env: Env): Parsed<string> {
  const named = parsePath(env, 'EXCHANGE_SYNC_DATA_DIR');
  if (!named.ok) return named;
  const directory = below(dataDirectory(env), 'database');
  if (directory !== undefined) return valid(directory);
  return invalid({
    what: `there is no place for the embedded database: ${NO_DATA_DIRECTORY}`,
    fix: 'Set EXCHANGE_SYNC_DATA_DIR to a folder of this user, or set DATABASE_URL to use a PostgreSQL server.',
  });
}

/** undefined if none is set and no data directory is known. */
export const logFile = (env: Env): string | undefined =>
  env['EXCHANGE_SYNC_LOG_FILE'] || below(dataDirectory(env), 'exchange_sync.log');

/** Of the settings of this user; undefined if no home directory is known. */
export const configDirectory = (env: Env): string | undefined =>
  xdgDirectory(env, 'XDG_CONFIG_HOME', '.config');

/** For files that can be made again; undefined if no home directory is known. */
export const cacheDirectory = (env: Env): string | undefined => xdgDirectory(env, 'XDG_CACHE_HOME', '.cache');

/** EXCHANGE_SYNC_DATA_DIR, or `exchange-sync` in the XDG data directory; undefined if no home directory is known. */
const dataDirectory = (env: Env): string | undefined =>
  env['EXCHANGE_SYNC_DATA_DIR'] || xdgDirectory(env, 'XDG_DATA_HOME', '.local/share');

function xdgDirectory(env: Env, name: string, fallback: string): string | undefined {
  return below(env[name] || below(homeDirectory(env), fallback), 'exchange-sync');
}

function homeDirectory(env: Env): string | undefined {
  const home = env['HOME'] || passwdHome();
  return home && isAbsolute(home) && canHoldFiles(home) ? home : undefined;
}

/** False for a device or a file, such as the /dev/null of system users; a missing directory may still be made. */
function canHoldFiles(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  } catch {
    return false;
  }
}

/** cron gives no HOME on some systems; a container's user often has no entry in the password file. */
function passwdHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined;
  }
}

const below = (folder: string | undefined, name: string): string | undefined => folder && join(folder, name);
