import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Env } from './read-env.js';

/** EXCHANGE_SYNC_DATA_DIR, or `exchange-sync` in the XDG data directory. */
export function dataDirectory(env: Env): string {
  const explicit = env['EXCHANGE_SYNC_DATA_DIR'];
  if (explicit) return explicit;
  // cron gives no HOME on some systems; the password file knows it.
  return join(env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local', 'share'), 'exchange-sync');
}

export const embeddedDirectory = (env: Env): string => join(dataDirectory(env), 'database');

export const logFile = (env: Env): string =>
  env['EXCHANGE_SYNC_LOG_FILE'] || join(dataDirectory(env), 'exchange_sync.log');
