import { SUPPORTED_EXCHANGES } from '../models/exchanges.js';

const EXCHANGES = SUPPORTED_EXCHANGES.map((exchange) => exchange.toUpperCase()).join('|');

/** Names the file of settings, as `--env-file` does. */
export const ENV_FILE = 'EXCHANGE_SYNC_ENV_FILE';

export const CREDENTIALS = ['API_KEY', 'API_SECRET', 'API_PASSWORD'] as const;
/** What else an account may have. */
export const ACCOUNT_OPTIONS = ['TESTNET', 'DEMO', 'BASE_URL'] as const;

/** Settings of this program alone; the first two are AlphaPulse's too. */
export const PROGRAM_NAMES = [
  ...['EXCHANGE_SYNC_ENABLED', 'EXCHANGE_SYNC_EXCHANGES', 'EXCHANGE_SYNC_LOG_LEVEL'],
  ...['EXCHANGE_SYNC_LOG_FILE', 'EXCHANGE_SYNC_DATA_DIR', ENV_FILE],
  ...['EXCHANGE_SYNC_METRICS_FILE', 'EXCHANGE_SYNC_PING_URL', 'EXCHANGE_SYNC_PING_URL_FILE'],
  ...['EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS'],
] as const;

export const DATABASE_NAMES: readonly string[] = [
  ...['DATABASE_URL', 'DATABASE_URL_FILE', 'DB_HOST', 'DB_PORT', 'DB_USER', 'DB_PASS', 'DB_PASS_FILE'],
  ...['DB_NAME'],
];

const CREDENTIAL = new RegExp(`^(${EXCHANGES})_(.+_)?(${CREDENTIALS.join('|')})(_FILE)?$`);
const OPTION = new RegExp(`^(${EXCHANGES})_(.+_)?(${ACCOUNT_OPTIONS.join('|')})$`);
const PATHS: ReadonlySet<string> = new Set([
  ...['EXCHANGE_SYNC_DATA_DIR', 'EXCHANGE_SYNC_LOG_FILE', 'EXCHANGE_SYNC_METRICS_FILE'],
  ...['EXCHANGE_SYNC_ENV_FILE', 'EXCHANGE_SYNC_PING_URL_FILE', 'DATABASE_URL_FILE', 'DB_PASS_FILE'],
  ...['PGSSLROOTCERT'],
]);

/** A variable of an account, by its name alone. */
export const isOfAccount = (name: string): boolean => CREDENTIAL.test(name) || OPTION.test(name);

/** Whether a name is a setting that no other program has; DATABASE_URL and the like are of many. */
export const isOurs = (name: string): boolean => name.startsWith('EXCHANGE_SYNC_') || isOfAccount(name);

export const isPath = (name: string): boolean =>
  PATHS.has(name) || (CREDENTIAL.test(name) && name.endsWith('_FILE'));
