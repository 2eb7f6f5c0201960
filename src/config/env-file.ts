import { isUtf8 } from 'node:buffer';
import { parse } from 'dotenv';
import { ExpectedError } from '../errors.js';
import { isOurs } from './our-names.js';
import { readSettingsFile } from './settings-file.js';
import { isCredential } from './unused-settings.js';

/** A file of settings as it was read. */
export interface SettingsText {
  readonly values: Readonly<Record<string, string>>;
  /** Names whose unquoted value holds a `#`: what follows it was cut away. */
  readonly cutNames: readonly string[];
  readonly isReadableByOthers: boolean;
  /** Whether any of its names is a setting of this program. */
  readonly isOurs: boolean;
}

/** Far more than settings are; with a quote left open, a larger one takes more than there is to be read. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * The settings of a file; undefined if it is not there. Throws 'config' if it cannot be read, or if
 * another user could have written settings of this program into it.
 */
export function readSettingsText(path: string): SettingsText | undefined {
  let text = '';
  const read = readSettingsFile(path, MAX_BYTES, (bytes) => {
    text = textOf(bytes, path);
    return holdsOurs(parse(text));
  });
  if (read.ok) {
    const values = parse(text);
    const { isReadableByOthers } = read;
    return { values, cutNames: namesCutByHash(text), isReadableByOthers, isOurs: holdsOurs(values) };
  }
  if (read.kind === 'absent') return undefined;
  if (read.kind === 'untrusted') {
    throw new ExpectedError('config', `the settings in ${path} are not used: ${read.why}`, {
      fix: `Settings decide where keys are sent. If you wrote this file: make it and its folders yours and writable by you alone (chown, chmod 600 ${path}). If not: remove it, or run in another folder.`,
    });
  }
  if (read.kind === 'large') {
    throw new ExpectedError('config', `${path} is larger than ${MAX_BYTES} bytes`, {
      fix: 'It must contain only settings, one per line: NAME=value.',
    });
  }
  throw new ExpectedError('config', `${path} cannot be read: ${read.why}`, {
    fix: `Make it a regular file that the user who runs exchange-sync can read (chmod 600 ${path}), or name another with --env-file.`,
  });
}

const holdsOurs = (values: Readonly<Record<string, string>>): boolean =>
  Object.keys(values).some((name) => isOurs(name) || isCredential(name));

/** A byte-order mark, of editors on Windows, is white space to dotenv. */
function textOf(bytes: Buffer, path: string): string {
  const text = isUtf8(bytes) ? bytes.toString() : '\0';
  if (!text.includes('\0')) return text;
  throw new ExpectedError('config', `${path} is not UTF-8 text`, {
    fix: 'Save it as UTF-8; what some editors on Windows call Unicode is UTF-16.',
  });
}

function namesCutByHash(text: string): string[] {
  const lines = text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*([^\s'"`#][^\r\n]*?[^\s#])?#[^\r\n]*$/gm);
  return [...lines].map((line) => line[1] ?? '');
}
