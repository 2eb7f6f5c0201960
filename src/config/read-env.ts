import { dirname, isAbsolute, join, resolve } from 'node:path';
import { ExpectedError } from '../errors.js';
import { configDirectory } from './directories.js';
import type { Env } from './env.js';
import { readSettingsText, type SettingsText } from './env-file.js';
import { DATABASE_NAMES, ENV_FILE, isOurs, isPath } from './our-names.js';
import { cleanValue } from './clean-value.js';

export interface EnvFile {
  readonly path: string;
  readonly readableByOthers: boolean;
  /** Names whose unquoted value holds a `#`: what follows it was cut away. */
  readonly cutNames: readonly string[];
}

export interface Environment {
  readonly env: Env;
  /** The one file of settings that is used. */
  readonly file: EnvFile | undefined;
  /** A `.env` here that names a database and no other setting of this program; it is not used. */
  readonly foreignFile: string | undefined;
}

/**
 * The real environment, which wins, over one file of settings: the one that EXCHANGE_SYNC_ENV_FILE names, or
 * else `exchange-sync/env` in the XDG configuration folder, or else `.env` of the working folder if it holds
 * a setting of this program. Files are never mixed: the settings of two would be those of neither. Throws
 * 'config' where a file cannot be read or must not be trusted.
 */
export function readEnv(processEnv: Env, folder: string): Environment {
  const given = cleaned(withoutUndefined(processEnv));
  const named = given[ENV_FILE];
  if (named) return over(given, resolve(folder, named), required(resolve(folder, named)));
  const configured = configDirectory(given);
  const shared = configured === undefined ? undefined : join(configured, 'env');
  const settings = shared === undefined ? undefined : readSettingsText(shared);
  if (shared !== undefined && settings) return over(given, shared, settings);
  const local = join(folder, '.env');
  const found = readSettingsText(local);
  if (found?.isOurs) return over(given, local, found);
  const namesDatabase = DATABASE_NAMES.some((name) => found?.values[name]);
  return { env: given, file: undefined, foreignFile: namesDatabase ? local : undefined };
}

function required(path: string): SettingsText {
  const found = readSettingsText(path);
  if (found) return found;
  throw new ExpectedError('config', `the settings file ${path} does not exist`, {
    fix: `Name an existing file with --env-file or ${ENV_FILE}, or omit both.`,
  });
}

function over(given: Record<string, string>, path: string, text: SettingsText): Environment {
  const cutNames = text.cutNames.filter((name) => given[name] === undefined);
  const values = located(cleaned(text.values), dirname(path));
  const file = { path, readableByOthers: text.isReadableByOthers, cutNames };
  return { env: { ...values, ...given }, file, foreignFile: undefined };
}

/** A relative path in a file is below the folder of that file, wherever the program runs. */
const located = (values: Record<string, string>, folder: string): Record<string, string> =>
  mapped(values, (name, text) =>
    text !== '' && isPath(name) && !isAbsolute(text) && !text.startsWith('~') ? join(folder, text) : text,
  );

/** White space and quotation marks that a shell, a secret store or Docker left around a setting. */
const cleaned = (values: Record<string, string>): Record<string, string> =>
  mapped(values, (name, text) =>
    isOurs(name) || isPath(name) || DATABASE_NAMES.includes(name) ? cleanValue(name, text) : text,
  );

const mapped = (
  values: Record<string, string>,
  change: (name: string, text: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, change(name, text)]));

function withoutUndefined(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
