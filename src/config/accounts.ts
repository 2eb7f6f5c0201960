import { closest, distance } from 'fastest-levenshtein';
import type { Account, AccountId, Credentials, Environment } from '../models/account.js';
import { nothingConfigured } from './first-steps.js';
import { all, invalid, type Parsed, type Problem, valid } from './problems.js';
import type { Env, EnvFile } from './read-env.js';
import { readSecret, secretNames } from './secrets.js';

export interface AccountRequest {
  /** `--exchange` options; empty: EXCHANGE_SYNC_EXCHANGES, or every account that has a key. */
  readonly selected: readonly AccountId[];
  readonly supported: readonly string[];
}

/** The accounts to work on, or every problem of all of them. Values of secrets never appear in a problem. */
export function parseAccounts(
  env: Env,
  file: EnvFile | undefined,
  request: AccountRequest,
): Parsed<Account[]> {
  const ids = selectAccounts(env, request);
  if (!ids.ok) return ids;
  const accounts = all(...ids.value.map((id) => parseAccount(env, file, id)));
  return accounts.ok ? withKeysOfTheirOwn(accounts.value) : accounts;
}

/** A key copied from account to account would have the same coins count twice. */
function withKeysOfTheirOwn(accounts: Account[]): Parsed<Account[]> {
  const keyOf = ({ exchange, credentials }: Account) => `${exchange} ${credentials.apiKey}`;
  const byKey = new Map<string, Account>();
  for (const account of accounts) {
    const other = byKey.get(keyOf(account));
    if (other) return invalid(sameKey(other.id, account.id));
    byKey.set(keyOf(account), account);
  }
  return valid(accounts);
}

const sameKey = (one: AccountId, other: AccountId): Problem => ({
  what: `${one} and ${other} have the same API key: what it reads would count twice`,
  fix: `Give ${prefixOf(other)}_API_KEY the key of another account, or remove it.`,
});

/** The names of the accounts alone, for commands that need no key. */
export function selectAccounts(env: Env, request: AccountRequest): Parsed<AccountId[]> {
  const listed = (env['EXCHANGE_SYNC_EXCHANGES'] ?? '').split(',');
  const named = [request.selected, listed].map(cleaned).find((ids) => ids.length > 0);
  const ids = [...new Set(named ?? accountsWithKeys(env, request.supported))];
  if (ids.length === 0) return invalid(nothingConfigured());
  return all(...ids.map((id) => parseId(id, request.supported)));
}

const cleaned = (ids: readonly string[]): string[] =>
  ids.map((id) => id.trim().toLowerCase()).filter(Boolean);

function accountsWithKeys(env: Env, supported: readonly string[]): AccountId[] {
  const names = secretNames(env);
  return supported.flatMap((exchange) => {
    const pattern = new RegExp(`^${exchange.toUpperCase()}(?:_([A-Z0-9_]+?))?_API_KEY$`);
    return names
      .flatMap((name) => {
        const match = pattern.exec(name);
        return match ? [match[1] === undefined ? exchange : `${exchange}/${match[1].toLowerCase()}`] : [];
      })
      .sort();
  });
}

function parseId(id: string, supported: readonly string[]): Parsed<AccountId> {
  const [exchange = '', sub, ...rest] = id.split('/');
  if (!supported.includes(exchange)) {
    const nearest = closest(exchange, [...supported]);
    const near = distance(exchange, nearest) <= Math.max(2, exchange.length / 2);
    const hint = near ? `Did you mean ${[nearest, sub].filter(Boolean).join('/')}? ` : '';
    return invalid({
      what: `the exchange ${JSON.stringify(exchange)} is not known`,
      fix: `${hint}Supported: ${supported.join(', ')}.`,
    });
  }
  if (rest.length > 0 || (sub !== undefined && !/^[a-z0-9_]{1,30}$/.test(sub))) {
    return invalid({
      what: `the account ${JSON.stringify(id)} is not a name`,
      fix: `Write ${exchange}, or ${exchange}/NAME with letters, digits and _ in the name.`,
    });
  }
  return valid(id);
}

const prefixOf = (id: AccountId): string => id.toUpperCase().replace('/', '_');

function parseAccount(env: Env, file: EnvFile | undefined, id: AccountId): Parsed<Account> {
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
      what: `${name} in ${file.path} holds an unquoted #, which starts a comment and cuts the value`,
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
      what: `${name} holds a sign that no key has: a control sign, or one beyond ASCII`,
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
  const on = (['TESTNET', 'DEMO'] as const).filter((name) => env[`${prefix}_${name}`] === 'true');
  const odd = (['TESTNET', 'DEMO'] as const).filter(
    (name) => !/^(true|false|)$/.test(env[`${prefix}_${name}`] ?? ''),
  );
  if (odd.length > 0) {
    const what = odd.map((name) => `${prefix}_${name} is neither true nor false`).join(', ');
    return invalid({ what, fix: 'Write true or false.' });
  }
  if (on.length > 1) {
    return invalid({ what: `${prefix}_TESTNET and ${prefix}_DEMO are both true`, fix: 'Keep one of them.' });
  }
  return valid(on[0] === 'TESTNET' ? 'testnet' : on[0] === 'DEMO' ? 'demo' : 'live');
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
    what: `${prefix}_BASE_URL is not a usable address`,
    fix: 'Use https://HOST (plain http only for this machine), without user, password or query.',
  });
}
