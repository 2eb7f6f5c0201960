import { FIAT, STABLECOINS } from '../models/currencies.js';
import type { AccountingSettings } from '../accounting/settings.js';
import {
  type AccountRequest,
  type ConfiguredAccounts,
  parseAccounts,
  type RefusedAccount,
  knownAccounts,
  selectAccounts,
} from '../config/accounts.js';
import { hideLibpqVariables } from '../config/connection-parameters.js';
import { passwordsIn } from '../config/connection-string.js';
import { parseDatabase } from '../config/database-settings.js';
import { PING_URL, pingSecrets } from '../config/monitoring-settings.js';
import { keepVerification } from '../config/network-settings.js';
import { all, orThrow, type Parsed, valid } from '../config/problems.js';
import type { Env } from '../config/env.js';
import { type Environment, readEnv } from '../config/read-env.js';
import { secretsIn } from '../config/secrets.js';
import { parseSettings, type Settings } from '../config/settings.js';
import { ExpectedError } from '../errors.js';
import { SUPPORTED_EXCHANGES } from '../models/exchanges.js';
import type { Account, AccountId } from '../models/account.js';
import type { DatabaseSettings } from '../models/settings.js';
import { createRedaction, type Redact } from '../redaction.js';

export interface Loaded<A> {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly database: DatabaseSettings;
  readonly accounts: A;
  /** Asked for, but their settings do not allow a sync. */
  readonly refused: readonly RefusedAccount[];
  readonly redact: Redact;
}

/** As it was given, for what is done about it below. */
export const processEnvironment: Env = { ...process.env };
keepVerification(process.env);
hideLibpqVariables(process.env);

export const loadEnvironment = (): Environment => readEnv(processEnvironment, workingFolder());

/** Where `.env` is looked for; a shell or a job may stand in a folder that was deleted or replaced. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new ExpectedError('config', 'the working directory no longer exists', {
      fix: 'Change to an existing directory with cd: .env and relative paths are resolved there.',
      cause,
    });
  }
}

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
  return load(({ env }) => {
    const accounts = selected.length === 0 ? valid([]) : selectAccounts(env, request(selected));
    return accounts.ok ? valid({ accounts: accounts.value, refused: [] }) : accounts;
  });
}

/** The names only, as far as they are valid: for a run that failed before it knew its accounts. */
export function configuredAccounts(selected: readonly string[]): readonly AccountId[] {
  try {
    return knownAccounts(loadEnvironment().env, request(selected));
  } catch {
    return [];
  }
}

export const accountsOf = (
  { env, file }: Environment,
  selected: readonly string[],
): Parsed<ConfiguredAccounts> => parseAccounts(env, file, request(selected));

function load<A extends readonly (Account | AccountId)[]>(
  parse: (
    environment: Environment,
  ) => Parsed<{ readonly accounts: A; readonly refused: readonly RefusedAccount[] }>,
): Loaded<A> {
  const environment = loadEnvironment();
  const { env } = environment;
  const [settings, database, { accounts, refused }] = orThrow(
    all(parseSettings(env), parseDatabase(env), parse(environment)),
  );
  return {
    ...{ environment, settings, database, accounts, refused },
    redact: redactionOf(environment, accounts),
  };
}

/** No secret, and a part of many words that a message needs. */
const DEFAULT_PASSWORD = 'postgres';

/** Every secret that output could contain, from any source, used by this run or not. */
export function redactionOf({ env }: Environment, accounts: readonly (Account | AccountId)[] = []): Redact {
  const foreign = /(_API_KEY|_API_SECRET|_API_PASSWORD|^PGPASSWORD)$/;
  const values = Object.entries(env).flatMap(([name, value]) => (foreign.test(name) && value ? [value] : []));
  // A file may have been replaced since it was read.
  const keys = accounts.flatMap((account) =>
    typeof account === 'string'
      ? []
      : Object.values(account.credentials as unknown as Record<string, string>),
  );
  const ours = secretsIn(env).flatMap(([name, text]) =>
    (SECRET_PARTS[name] ?? ((all: string) => [all]))(text),
  );
  return createRedaction([...values, ...keys, ...ours].filter((value) => value !== DEFAULT_PASSWORD));
}

/** The rest of a URL may be printed. */
const SECRET_PARTS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  DATABASE_URL: passwordsIn,
  [PING_URL]: pingSecrets,
};

export const accountingSettings = (settings: Settings): AccountingSettings => ({
  ...settings.accounting,
  stablecoins: STABLECOINS,
  fiat: FIAT,
});

/** For output when the settings could not be loaded. */
export function fallbackRedaction(): Redact {
  try {
    return redactionOf(loadEnvironment());
  } catch {
    return redactionOf({ env: processEnvironment, file: undefined, foreignFile: undefined });
  }
}
