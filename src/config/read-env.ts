import { isUtf8 } from 'node:buffer';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { ExpectedError } from '../errors.js';
import { readBytes } from './read-bytes.js';

/** Variables as text; an empty value counts as not set. */
export type Env = Readonly<Record<string, string | undefined>>;

export interface EnvFile {
  readonly path: string;
  readonly readableByOthers: boolean;
  /** Names whose unquoted value holds a `#`: what follows it was cut away. */
  readonly cutNames: readonly string[];
}

export interface Environment {
  readonly env: Env;
  readonly file: EnvFile | undefined;
}

/** `.env` of the folder under the real environment, which wins. Throws 'config' where `.env` is not readable. */
export function readEnv(processEnv: Env, folder: string): Environment {
  const path = join(folder, '.env');
  const text = readIfPresent(path);
  if (text === undefined) return { env: processEnv, file: undefined };
  const parsed = parse(text);
  const cutNames = namesCutByHash(text).filter((name) => processEnv[name] === undefined);
  const readableByOthers = (statSync(path).mode & 0o077) !== 0;
  return { env: { ...parsed, ...withoutUndefined(processEnv) }, file: { path, readableByOthers, cutNames } };
}

/** Far more than settings are; with a quote left open, a larger one takes more than there is to be read. */
const LARGEST = 2 * 1024 * 1024;

function readIfPresent(path: string): string | undefined {
  const bytes = bytesOf(path);
  if (bytes === undefined) return undefined;
  if (bytes.length > LARGEST) {
    throw new ExpectedError('config', `${path} is larger than ${LARGEST} bytes`, {
      fix: 'It is to hold settings alone: a line each, NAME=value.',
    });
  }
  return textOf(bytes, path);
}

/** A byte-order mark, of editors on Windows, is white space to dotenv. */
function textOf(bytes: Buffer, path: string): string {
  const text = isUtf8(bytes) ? bytes.toString() : '\0';
  if (!text.includes('\0')) return text;
  throw new ExpectedError('config', `${path} is no text in UTF-8`, {
    fix: 'Save it as UTF-8; what some editors on Windows call Unicode is UTF-16.',
  });
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readBytes(path, LARGEST);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ExpectedError('config', `${path} cannot be read`, {
      fix: `Make it readable for the user who runs exchange-sync: chmod 600 ${path}`,
      cause,
    });
  }
}

function namesCutByHash(text: string): string[] {
  const lines = text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*([^\s'"`#][^\r\n]*?[^\s#])?#[^\r\n]*$/gm);
  return [...lines].map((line) => line[1] ?? '');
}

function withoutUndefined(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
