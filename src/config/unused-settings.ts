import { closest, distance } from 'fastest-levenshtein';
import { OTHER_EXCHANGES, SUPPORTED_EXCHANGES } from '../models/exchanges.js';
import { ACCOUNT_OPTIONS, CREDENTIALS, isOfAccount, PROGRAM_NAMES } from './our-names.js';
import type { Problem } from './problems.js';
import type { Env } from './env.js';
import { secretNames } from './secrets.js';

/** What is set and has no effect. */
export interface UnusedSetting extends Problem {
  /** False for what another program of the same settings file needs: it is named, and nothing is wrong. */
  readonly isMistake: boolean;
}

const MAX_TYPING_ERRORS = 2;
/** A shorter word is near to many. */
const MIN_WORD = 4;
const CREDENTIAL_END =
  /_(API_?KEY|API_?SECRET|API_?PASSWORD|SECRET_KEY|SECRET|KEY|PASSPHRASE|PASSWORD)(_FILE)?$/;

/** Settings of AlphaPulse's scheduler, which reads the same file, with what takes their place. */
const REPLACED: Readonly<Record<string, string>> = {
  EXCHANGE_SYNC_LOG_DIR: 'The log is EXCHANGE_SYNC_LOG_FILE, by default in the data directory.',
  EXCHANGE_SYNC_INTERVAL_MINUTES: 'cron, a systemd timer or a CronJob decides when a sync runs.',
};

/**
 * Everything set that looks like a setting of this program and has no effect: credentials of exchanges that
 * are not supported, misspelt names, half a pair of credentials. Values are never part of it.
 */
export function unusedSettings(env: Env): readonly UnusedSetting[] {
  const names = Object.keys(env)
    .filter((name) => env[name])
    .sort();
  return [...unsupported(env, names), ...names.flatMap((name) => misspelt(name)), ...incomplete(env)];
}

/** Whether a name is a credential of an exchange, also of one that is not supported, also misspelt. */
export const isCredential = (name: string): boolean =>
  CREDENTIAL_END.test(name) && (otherExchange(name) !== undefined || misspelt(name).length > 0);

/** One for each exchange. A user who lists the accounts to sync has chosen to exclude the others. */
function unsupported(env: Env, names: readonly string[]): UnusedSetting[] {
  const found = new Map<string, string[]>();
  for (const name of names.filter((name) => CREDENTIAL_END.test(name))) {
    const exchange = otherExchange(name);
    if (exchange !== undefined) found.set(exchange, [...(found.get(exchange) ?? []), name]);
  }
  return [...found].map(([exchange, credentials]) => ({
    what: `credentials of ${exchange} have no effect, since ${exchange} is not supported (${credentials.join(', ')})`,
    fix: `Supported: ${SUPPORTED_EXCHANGES.join(', ')}. Remove these credentials, or list the accounts to sync: EXCHANGE_SYNC_EXCHANGES=${SUPPORTED_EXCHANGES[0]}`,
    isMistake: !env['EXCHANGE_SYNC_EXCHANGES'],
  }));
}

function otherExchange(name: string): string | undefined {
  const [first = ''] = name.toLowerCase().split('_');
  return OTHER_EXCHANGES.includes(first) ? first : undefined;
}

function misspelt(name: string): UnusedSetting[] {
  if (Object.hasOwn(REPLACED, name)) {
    return [{ what: `${name} has no effect here`, fix: REPLACED[name] ?? '', isMistake: false }];
  }
  if (name.startsWith('EXCHANGE_SYNC_')) {
    return (PROGRAM_NAMES as readonly string[]).includes(name)
      ? []
      : [unknown(name, nearest(name, PROGRAM_NAMES))];
  }
  if (isOfAccount(name) || otherExchange(name) !== undefined) return [];
  const meant = meantAccountName(name);
  return meant === undefined ? [] : [unknown(name, meant)];
}

const nearest = (name: string, known: readonly string[]): string | undefined => {
  const found = closest(name, known);
  return distance(name, found) <= MAX_TYPING_ERRORS + 1 ? found : undefined;
};

function unknown(name: string, meant: string | undefined): UnusedSetting {
  return {
    what: `${name} is not a setting, so it has no effect`,
    fix:
      meant === undefined
        ? 'Remove it; src/config/README.md lists all settings.'
        : `Did you mean ${meant}? Rename it, or remove it.`,
    isMistake: true,
  };
}

/** `BINACE_API_KEY` means BINANCE_API_KEY; `BYBIT_SUB1_API_SECERT` means BYBIT_SUB1_API_SECRET; others mean nothing. */
function meantAccountName(name: string): string | undefined {
  const [first = '', ...rest] = name.split('_');
  const exchanges = SUPPORTED_EXCHANGES.map((exchange) => exchange.toUpperCase());
  const exchange = closest(first, exchanges);
  if (first.length < MIN_WORD || distance(first, exchange) > MAX_TYPING_ERRORS) return undefined;
  const corrected = [exchange, ...rest].join('_');
  if (isOfAccount(corrected)) return corrected;
  return first === exchange ? withKnownEnd(corrected) : undefined;
}

function withKnownEnd(name: string): string | undefined {
  const words = name.split('_');
  for (const end of [...CREDENTIALS, ...ACCOUNT_OPTIONS]) {
    const length = end.split('_').length;
    // One word less: the underscore between them may be missing.
    const start = [length, length - 1].find(
      (count) => words.length > count && isNear(words.slice(-count), end),
    );
    if (start !== undefined && start > 0) return [...words.slice(0, -start), end].join('_');
  }
  if (!CREDENTIAL_END.test(name)) return undefined;
  const end = /SECRET/.test(name) ? 'API_SECRET' : /PASS/.test(name) ? 'API_PASSWORD' : 'API_KEY';
  return name.replace(CREDENTIAL_END, `_${end}$2`);
}

const isNear = (words: readonly string[], end: string): boolean =>
  distance(words.join('_'), end) <= MAX_TYPING_ERRORS;

/** A secret without its key makes no account. */
function incomplete(env: Env): UnusedSetting[] {
  const names = secretNames(env);
  return names.flatMap((name) => {
    const [, account = ''] = /^(.+)_API_(?:SECRET|PASSWORD)$/.exec(name) ?? [];
    const key = `${account}_API_KEY`;
    if (account === '' || names.includes(key)) return [];
    return [
      {
        what: `${name} is set without ${key}, so that account is not synced`,
        fix: `Set ${key} too, or remove ${name}.`,
        isMistake: true,
      },
    ];
  });
}
