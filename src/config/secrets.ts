import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SUPPORTED_EXCHANGES } from '../models/exchanges.js';
import { invalid, type Parsed, valid } from './problems.js';
import type { Env } from './env.js';
import { readSettingsFile } from './settings-file.js';

/** Secrets of each account, and the other secrets. */
const OF_ACCOUNTS = new RegExp(
  `^(${SUPPORTED_EXCHANGES.map((exchange) => exchange.toUpperCase()).join('|')})_.*API_(KEY|SECRET|PASSWORD)$`,
);
const OTHERS = new Set(['DATABASE_URL', 'DB_PASS', 'EXCHANGE_SYNC_PING_URL']);

/** Where a secret is found: in its variable, or in a file. */
type Source =
  { readonly name: string; readonly text: string } | { readonly name: string; readonly path: string };

/**
 * A secret out of its variable, the file that `…_FILE` names, or the systemd credential of its name in
 * lower case; undefined if there is none. Two places are a problem, which never holds a value.
 */
export function readSecret(env: Env, name: string): Parsed<string | undefined> {
  const [source, another] = sourcesOf(env, name);
  if (source && another) {
    return invalid({ what: `${source.name} and ${another.name} are both set`, fix: 'Keep one of them.' });
  }
  if (!source) return valid(undefined);
  if ('text' in source) return valid(source.text);
  const read = readText(source.path);
  if (read.ok) return read;
  return invalid(...read.problems.map(({ what, fix }) => ({ what: `${source.name} ${what}`, fix })));
}

/** The names of all secrets that are set, wherever they are. */
export function secretNames(env: Env): readonly string[] {
  const variables = Object.keys(env).filter((name) => env[name]);
  const names = [...variables.map((name) => name.replace(/_FILE$/, '')), ...credentialsIn(env)];
  return [...new Set(names)].filter((name) => OF_ACCOUNTS.test(name) || OTHERS.has(name));
}

/** All readable secrets by name, used by this run or not, for the redaction of output. */
export const secretsIn = (env: Env): readonly (readonly [name: string, text: string])[] =>
  secretNames(env).flatMap((name) =>
    sourcesOf(env, name).flatMap((source) => {
      const read = 'text' in source ? valid(source.text) : readText(source.path);
      return read.ok && read.value ? [[name, read.value] as const] : [];
    }),
  );

function sourcesOf(env: Env, name: string): Source[] {
  const variable = env[name];
  const path = env[`${name}_FILE`];
  const credential = credentialsIn(env).includes(name) ? credentialPath(env, name) : undefined;
  return [
    ...(variable ? [{ name, text: variable }] : []),
    ...(path ? [{ name: `${name}_FILE`, path }] : []),
    // A unit may name its own credential by the variable too.
    ...(credential && credential !== path
      ? [{ name: `the credential ${name.toLowerCase()}`, path: credential }]
      : []),
  ];
}

const credentialPath = (env: Env, name: string): string =>
  join(env['CREDENTIALS_DIRECTORY'] ?? '', name.toLowerCase());

/** The files of systemd's folder, as names of variables. */
function credentialsIn(env: Env): readonly string[] {
  const folder = env['CREDENTIALS_DIRECTORY'];
  try {
    return folder ? readdirSync(folder).map((file) => file.toUpperCase()) : [];
  } catch {
    return [];
  }
}

/** Far more than the longest of private keys. */
const MAX_BYTES = 64 * 1024;

/** A byte-order mark, and white space around a secret, are no part of it. */
function readText(path: string): Parsed<string> {
  const read = readSettingsFile(path, MAX_BYTES);
  if (read.ok)
    return valid(
      read.bytes
        .toString()
        .replace(/^\uFEFF/, '')
        .trim(),
    );
  // Only an existing path is printed: the variable may hold the secret itself by mistake.
  if (read.kind === 'untrusted') {
    return invalid({
      what: `cannot be used: ${read.why}`,
      fix: 'Make it belong to this user or root and writable by no one else (chown, chmod 600), including its folders.',
    });
  }
  return invalid({
    what: 'cannot be read',
    fix: `It must name a regular file of at most ${MAX_BYTES} bytes that is there and that this user can read.`,
  });
}
