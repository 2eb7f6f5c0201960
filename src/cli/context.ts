import { FIAT } from '../models/fiat.js';
import { STABLECOINS } from '../models/stablecoins.js';
import type { AccountingSettings } from '../accounting/settings.js';
import { type AccountRequest, parseAccounts, selectAccounts } from '../config/accounts.js';
import { parseDatabase } from '../config/database-settings.js';
import { pingSecrets } from '../config/monitoring-settings.js';
import { keepVerification } from '../config/network-settings.js';
import { all, orThrow, type Parsed, valid } from '../config/problems.js';
import { type Env, type Environment, readEnv } from '../config/read-env.js';
import { parseSettings, type Settings } from '../config/settings.js';
import { SUPPORTED_EXCHANGES } from '../models/exchanges.js';
import type { Account, AccountId } from '../models/account.js';
import type { DatabaseSettings } from '../models/settings.js';
import { createRedaction, type Redact } from '../redaction.js';

export interface Loaded<A> {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly database: DatabaseSettings;
  readonly accounts: A;
  readonly redact: Redact;
}

/** As it was given, for what is done about it below. */
export const processEnvironment: Env = { ...process.env };
keepVerification(process.env);

export const loadEnvironment = (): Environment => readEnv(processEnvironment, process.cwd());

const request = (selected: readonly string[]): AccountRequest => ({
  selected,
  supported: SUPPORTED_EXCHANGES,
});

/** Everything that `sync` needs, or one error that names every problem. */
export function loadForSync(selected: readonly string[]): Loaded<readonly Account[]> {
  return load((environment) => accountsOf(environment, selected));
}

/** What `show` needs: no key; the accounts are a filter only where the user names them. */
export function loadForShow(selected: readonly string[]): Loaded<readonly AccountId[]> {
  return load(({ env }) => (selected.length === 0 ? valid([]) : selectAccounts(env, request(selected))));
}

/** The names alone, as far as they can be told: for a run that failed before it knew its accounts. */
export function configuredAccounts(selected: readonly string[]): readonly AccountId[] {
  try {
    const parsed = selectAccounts(loadEnvironment().env, request(selected));
    return parsed.ok ? parsed.value : [];
  } catch {
    return [];
  }
}

export const accountsOf = (
  { env, file }: Environment,
  selected: readonly string[],
): Parsed<readonly Account[]> => parseAccounts(env, file, request(selected));

function load<A extends readonly (Account | AccountId)[]>(
  parse: (environment: Environment) => Parsed<A>,
): Loaded<A> {
  const environment = loadEnvironment();
  const { env } = environment;
  const [settings, database, accounts] = orThrow(
    all(parseSettings(env), parseDatabase(env), parse(environment)),
  );
  return { environment, settings, database, accounts, redact: redactionOf(environment, accounts) };
}

/** No secret, and a part of many words that a message needs. */
const DEFAULT_PASSWORD = 'postgres';

/** Every value in the environment that could be a secret, whether this run uses it or not. */
export function redactionOf({ env }: Environment, accounts: readonly (Account | AccountId)[] = []): Redact {
  const secret = /(_API_KEY|_API_SECRET|_API_PASSWORD|^DB_PASS|^PGPASSWORD)$/;
  const values = Object.entries(env).flatMap(([name, value]) => (secret.test(name) && value ? [value] : []));
  const url = env['DATABASE_URL'];
  const password = url && URL.canParse(url) ? new URL(url).password : '';
  // Those that came by file are in no variable.
  const keys = accounts.flatMap((account) =>
    typeof account === 'string'
      ? []
      : Object.values(account.credentials as unknown as Record<string, string>),
  );
  const secrets = [...values, ...keys, ...plainAndEncoded(password), ...pingSecrets(env)];
  return createRedaction(secrets.filter((value) => value !== DEFAULT_PASSWORD));
}

function plainAndEncoded(password: string): string[] {
  if (!password) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

export const accountingSettings = (settings: Settings): AccountingSettings => ({
  ...settings.accounting,
  stablecoins: STABLECOINS,
  fiat: FIAT,
});

/** For what is said where nothing could be loaded. */
export function fallbackRedaction(): Redact {
  try {
    return redactionOf(loadEnvironment());
  } catch {
    return redactionOf({ env: processEnvironment, file: undefined });
  }
}
