import type { Account, AccountId, Credentials, Environment } from '../models/account.js';
import { parseBoolean } from './choices.js';
import type { Env } from './env.js';
import { all, invalid, type Parsed, valid } from './problems.js';
import type { EnvFile } from './read-env.js';
import { readSecret } from './secrets.js';

/** `bybit/sub1` has variables that begin with BYBIT_SUB1. */
export const prefixOf = (id: AccountId): string => id.toUpperCase().replace('/', '_');

/** One account's settings, or all of their problems. */
export function parseAccount(env: Env, file: EnvFile | undefined, id: AccountId): Parsed<Account> {
  const prefix = prefixOf(id);
  const secret = (name: string) => readAccountSecret(env, file, `${prefix}_${name}`);
  const parts = all(
    required(secret('API_KEY'), `${prefix}_API_KEY`, id),
    required(secret('API_SECRET'), `${prefix}_API_SECRET`, id),
    secret('API_PASSWORD'),
    parseEnvironment(env, prefix),
    parseBaseUrl(env, prefix),
  );
  if (!parts.ok) return parts;
  const [apiKey, apiSecret, password, environment, baseUrl] = parts.value;
  const credentials: Credentials = { apiKey, secret: apiSecret, ...(password ? { password } : {}) };
  const exchange = id.split('/')[0] ?? id;
  return valid({ id, exchange, credentials, environment, ...(baseUrl ? { baseUrl } : {}) });
}

function required(parsed: Parsed<string | undefined>, name: string, id: AccountId): Parsed<string> {
  if (!parsed.ok) return parsed;
  if (parsed.value) return valid(parsed.value);
  return invalid({
    what: `${name} is missing or blank`,
    fix: `Set it for ${id} in the environment or in .env (or ${name}_FILE to a file that holds it).`,
  });
}

function readAccountSecret(env: Env, file: EnvFile | undefined, name: string): Parsed<string | undefined> {
  if (file?.cutNames.includes(name)) {
    return invalid({
      what: `${name} in ${file.path} contains an unquoted #, which starts a comment and cuts the value`,
      fix: `Put the value in single quotes: ${name}='…'`,
    });
  }
  const found = readSecret(env, name);
  return found.ok ? checkSecret(name, found.value?.trim()) : found;
}

function checkSecret(name: string, text: string | undefined): Parsed<string | undefined> {
  if (text && /^(['"`]).*\1$/s.test(text)) {
    return invalid({
      what: `${name} has quotation marks as part of its value`,
      fix: `Remove them: this place (cron, docker --env-file, systemd) keeps them as they are.`,
    });
  }
  if (text && /^["'`]/.test(text)) {
    return invalid({
      what: `${name} begins with a quotation mark that is not closed`,
      fix: `Remove it, or close it: ${name}='…'`,
    });
  }
  if (text && (name.endsWith(KEY) ? UNSENDABLE : UNTYPABLE).test(text)) {
    return invalid({
      what: `${name} contains an invalid character (control or non-ASCII)`,
      fix: 'Copy it again from the exchange, as plain text.',
    });
  }
  return valid(text);
}

const KEY = '_API_KEY';
/** It goes out as a header; a secret may be a text of several lines. */
const UNSENDABLE = /[^\x21-\x7e]/;
const UNTYPABLE = /[^\t\r\n\x20-\x7e]/;

function parseEnvironment(env: Env, prefix: string): Parsed<Environment> {
  const parts = all(
    parseBoolean(env, `${prefix}_TESTNET`, false),
    parseBoolean(env, `${prefix}_DEMO`, false),
  );
  if (!parts.ok) return parts;
  const [isTestnet, isDemo] = parts.value;
  if (isTestnet && isDemo) {
    return invalid({ what: `${prefix}_TESTNET and ${prefix}_DEMO are both true`, fix: 'Keep one of them.' });
  }
  return valid(isTestnet ? 'testnet' : isDemo ? 'demo' : 'live');
}

function parseBaseUrl(env: Env, prefix: string): Parsed<string | undefined> {
  const text = env[`${prefix}_BASE_URL`];
  if (!text) return valid(undefined);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
  if (
    url &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && local)) &&
    !url.username &&
    !url.search
  ) {
    return valid(url.href.replace(/\/$/, ''));
  }
  return invalid({
    what: `${prefix}_BASE_URL is not a valid URL`,
    fix: 'Use https://HOST (plain http only for this machine), without user, password or query.',
  });
}
