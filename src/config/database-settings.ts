import type { DatabaseSettings, ServerSettings, TlsSettings } from '../models/settings.js';
import { checkLibpqVariables, checkParameters } from './connection-parameters.js';
import { parseConnectionString } from './connection-string.js';
import { parseTls } from './database-tls.js';
import { embeddedDirectory } from './directories.js';
import { all, invalid, type Parsed, valid } from './problems.js';
import type { Env } from './env.js';
import { readSecret } from './secrets.js';

const PARTS = ['DB_HOST', 'DB_PORT', 'DB_USER', 'DB_PASS', 'DB_NAME'] as const;

/** DATABASE_URL, or the DB_ variables, or the embedded database where none of them is set. */
export function parseDatabase(given: Env): Parsed<DatabaseSettings> {
  const secrets = all(readSecret(given, 'DATABASE_URL'), readSecret(given, 'DB_PASS'));
  if (!secrets.ok) return secrets;
  const [DATABASE_URL, DB_PASS] = secrets.value;
  const env: Env = { ...given, DATABASE_URL, DB_PASS };
  const parts = PARTS.filter((name) => env[name]);
  if (DATABASE_URL) {
    return parts.length > 0 ? ambiguous(parts) : parseUrl(DATABASE_URL, env);
  }
  if (parts.length > 0) return parseParts(env);
  const directory = embeddedDirectory(env);
  return directory.ok ? valid({ kind: 'embedded', directory: directory.value }) : directory;
}

function ambiguous(parts: readonly string[]): Parsed<never> {
  return invalid({
    what: `DATABASE_URL and ${parts.join(', ')} are both set`,
    fix: 'Keep one of them: the URL, or the DB_ variables.',
  });
}

function parseUrl(text: string, env: Env): Parsed<DatabaseSettings> {
  const read = parseConnectionString(text);
  const checked = read.ok ? checkParameters(read.value) : read;
  if (!checked.ok) return checked;
  const given = checked.value;
  const timeout = parseTimeout(given.get('connect_timeout'));
  if (!timeout.ok) return timeout;
  const mode = given.get('sslmode') || (given.get('ssl') === 'true' ? 'require' : undefined);
  const rootCertificate = given.get('sslrootcert');
  const host = given.get('host') ?? '';
  return server({
    host,
    port: given.get('port') || '5432',
    portName: undefined,
    user: given.get('user') || 'postgres',
    // As in libpq; a password in the URL wins.
    password: given.get('password') || env['PGPASSWORD'] || '',
    database: given.get('dbname') || 'postgres',
    tls: parseTls({
      host,
      mode: mode ?? env['PGSSLMODE'],
      rootCertificate: rootCertificate ?? env['PGSSLROOTCERT'],
      isPrintable: mode === undefined && rootCertificate === undefined,
    }),
    variables: checkLibpqVariables(env, given),
    session: {
      ...(timeout.value === undefined ? {} : { connectTimeoutMs: timeout.value }),
      ...(given.get('application_name') ? { applicationName: given.get('application_name') } : {}),
      ...(given.get('options') ? { startupOptions: given.get('options') } : {}),
    },
  });
}

/** ms; undefined for the default, as for libpq's 0 and less, which would wait for ever. */
function parseTimeout(text: string | undefined): Parsed<number | undefined> {
  if (!text || /^(-\d{1,9}|0+)$/.test(text)) return valid(undefined);
  if (/^\d{1,4}$/.test(text)) return valid(Number.parseInt(text, 10) * 1000);
  return invalid({
    what: 'the connect_timeout in DATABASE_URL is not a number of seconds',
    fix: 'Write a whole number of at most 9999, such as connect_timeout=10.',
  });
}

function parseParts(env: Env): Parsed<DatabaseSettings> {
  const host = env['DB_HOST'] || 'localhost';
  return server({
    host,
    port: env['DB_PORT'] || '5432',
    portName: 'DB_PORT',
    user: env['DB_USER'] || 'postgres',
    password: env['DB_PASS'] || 'postgres',
    database: env['DB_NAME'] || 'alphapulse',
    tls: parseTls({
      host,
      mode: env['PGSSLMODE'],
      rootCertificate: env['PGSSLROOTCERT'],
      isPrintable: true,
    }),
    variables: checkLibpqVariables(env, new Map()),
  });
}

interface RawServer extends Omit<ServerSettings, 'kind' | 'port' | 'tls'> {
  readonly port: string;
  /** The setting that names the port; undefined if its value must not be printed. */
  readonly portName: string | undefined;
  readonly tls: Parsed<TlsSettings>;
  readonly variables: Parsed<undefined>;
}

function server({ portName, variables, ...raw }: RawServer): Parsed<ServerSettings> {
  const parts = all(parsePort(raw.port, portName), raw.tls, variables);
  if (!parts.ok) return parts;
  const [port, tls] = parts.value;
  return valid({ ...raw, kind: 'server', port, tls });
}

function parsePort(text: string, name: string | undefined): Parsed<number> {
  const port = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (port >= 1 && port <= 65535) return valid(port);
  const what = name === undefined ? 'the port in DATABASE_URL' : `${name} ${JSON.stringify(text)}`;
  return invalid({
    what: `${what} is not a port`,
    fix: 'A port is a whole number from 1 to 65535.',
  });
}
