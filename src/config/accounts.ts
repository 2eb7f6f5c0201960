import { closest, distance } from 'fastest-levenshtein';
import type { Account, AccountId } from '../models/account.js';
import { OTHER_EXCHANGES } from '../models/exchanges.js';
import { parseAccount, prefixOf } from './account.js';
import { nothingConfigured } from './first-steps.js';
import { all, invalid, type Parsed, type Problem, valid } from './problems.js';
import type { Env } from './env.js';
import type { EnvFile } from './read-env.js';
import { secretNames } from './secrets.js';
import { type UnusedSetting, unusedSettings } from './unused-settings.js';

export interface AccountRequest {
  /** `--exchange` options; empty: EXCHANGE_SYNC_EXCHANGES, or every account that has a key. */
  readonly selected: readonly AccountId[];
  readonly supported: readonly string[];
}

/** An account that was asked for and whose settings do not allow a sync. */
export interface RefusedAccount {
  readonly id: AccountId;
  readonly problems: readonly Problem[];
}

export interface ConfiguredAccounts {
  readonly accounts: readonly Account[];
  /** Their problems cost them alone. */
  readonly refused: readonly RefusedAccount[];
}

/**
 * The accounts to work on, or every problem of all of them where none can be synced. Values of secrets never
 * appear in a problem.
 */
export function parseAccounts(
  env: Env,
  file: EnvFile | undefined,
  request: AccountRequest,
): Parsed<ConfiguredAccounts> {
  const ids = idsOf(env, request);
  if (ids.length === 0) return invalid(...unusedSettings(env).filter(isMistake), nothingConfigured());
  const parsed = ids.map((id) => ({ id, result: parseNamed(env, file, id, request.supported) }));
  const accounts = parsed.flatMap(({ result }) => (result.ok ? [result.value] : []));
  const refused = parsed.flatMap(({ id, result }) => (result.ok ? [] : [{ id, problems: result.problems }]));
  if (accounts.length === 0) return all(...parsed.map(({ result }) => result)) as Parsed<never>;
  const distinct = withKeysOfTheirOwn(accounts);
  return distinct.ok ? valid({ accounts: distinct.value, refused }) : distinct;
}

const isMistake = ({ isMistake }: UnusedSetting): boolean => isMistake;

function parseNamed(
  env: Env,
  file: EnvFile | undefined,
  id: string,
  supported: readonly string[],
): Parsed<Account> {
  const known = parseId(id, supported);
  return known.ok ? parseAccount(env, file, known.value) : known;
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
  what: `${one} and ${other} have the same API key: the same coins would count twice`,
  fix: `Give ${prefixOf(other)}_API_KEY the key of another account, or remove it.`,
});

/** The names of the accounts alone, for commands that need no key. */
export function selectAccounts(env: Env, request: AccountRequest): Parsed<AccountId[]> {
  const ids = idsOf(env, request);
  if (ids.length === 0) return invalid(nothingConfigured());
  return all(...ids.map((id) => parseId(id, request.supported)));
}

/** The valid ones only, for callers that must not fail on an invalid one. */
export const knownAccounts = (env: Env, request: AccountRequest): readonly AccountId[] =>
  idsOf(env, request).filter((id) => parseId(id, request.supported).ok);

function idsOf(env: Env, request: AccountRequest): readonly string[] {
  const listed = (env['EXCHANGE_SYNC_EXCHANGES'] ?? '').split(',');
  const named = [request.selected, listed].map(cleaned).find((ids) => ids.length > 0);
  return [...new Set(named ?? accountsWithKeys(env, request.supported))];
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
    const isKnown = OTHER_EXCHANGES.includes(exchange);
    return invalid({
      what: isKnown ? `${exchange} is not supported` : `unknown exchange ${JSON.stringify(exchange)}`,
      fix: `${isKnown ? '' : hint}Supported: ${supported.join(', ')}. Remove it from EXCHANGE_SYNC_EXCHANGES or from the command line.`,
    });
  }
  if (rest.length > 0 || (sub !== undefined && !/^[a-z0-9_]{1,30}$/.test(sub))) {
    return invalid({
      what: `invalid account name ${JSON.stringify(id)}`,
      fix: `Use ${exchange}, or ${exchange}/NAME with letters, digits and _ in the name.`,
    });
  }
  return valid(id);
}
