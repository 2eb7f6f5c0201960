import { isAbsolute } from 'node:path';
import { all, invalid, type Parsed, valid } from './problems.js';
import type { Env } from './env.js';

/** The paths that are written to. */
export const WRITTEN_PATHS = [
  'EXCHANGE_SYNC_DATA_DIR',
  'EXCHANGE_SYNC_LOG_FILE',
  'EXCHANGE_SYNC_METRICS_FILE',
] as const;

export const parsePaths = (env: Env): Parsed<unknown> =>
  all(...WRITTEN_PATHS.map((name) => parsePath(env, name)));

/**
 * Relative paths are refused: they would lead elsewhere from each folder that the program runs in. Those in a
 * settings file are below its folder, and absolute by now.
 */
export function parsePath(env: Env, name: string): Parsed<string | undefined> {
  const path = env[name] || undefined;
  if (path === undefined || isAbsolute(path)) return valid(path);
  return invalid({
    what: `${name} is ${JSON.stringify(path)}, which is not an absolute path`,
    fix: path.startsWith('~')
      ? 'Write the absolute path: ~ is not expanded here.'
      : 'Write the absolute path, starting with /; in a settings file, relative paths are relative to the folder of that file.',
  });
}
