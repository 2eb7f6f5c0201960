import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type DatabaseSettings,
  isThisMachine,
  type ServerSettings,
  type TlsSettings,
} from '../models/settings.js';
import { embeddedDirectory } from './directories.js';
import { all, invalid, type Parsed, valid } from './problems.js';
import type { Env } from './read-env.js';
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
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [user, password, database] = url ? decoded(url.username, url.password, url.pathname.slice(1)) : [];
  if (!url || user === undefined || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname) {
    return invalid({
      what: 'DATABASE_URL is not a PostgreSQL URL',
      fix: 'Write it as postgres://USER:PASSWORD@HOST:5432/DATABASE (percent-encode signs such as @ and / in the password).',
    });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const mode = url.searchParams.get('sslmode') ?? env['PGSSLMODE'];
  const rootCertificate = url.searchParams.get('sslrootcert') ?? env['PGSSLROOTCERT'];
  return server({
    host,
    port: url.port === '' ? '5432' : url.port,
    user: user || 'postgres',
    password: password ?? '',
    database: database || 'postgres',
    tls: parseTls(host, mode, rootCertificate ?? undefined),
  });
}

/** Nothing where one of them holds a percent sign that encodes no character. */
function decoded(...parts: string[]): string[] {
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return [];
  }
}

function parseParts(env: Env): Parsed<DatabaseSettings> {
  const host = env['DB_HOST'] || 'localhost';
  return server({
    host,
    port: env['DB_PORT'] || '5432',
    user: env['DB_USER'] || 'postgres',
    password: env['DB_PASS'] || 'postgres',
    database: env['DB_NAME'] || 'alphapulse',
    tls: parseTls(host, env['PGSSLMODE'], env['PGSSLROOTCERT']),
  });
}

interface RawServer {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: Parsed<TlsSettings>;
}

function server(raw: RawServer): Parsed<ServerSettings> {
  const parts = all(parsePort(raw.port), raw.tls);
  if (!parts.ok) return parts;
  const [port, tls] = parts.value;
  return valid({ ...raw, kind: 'server', port, tls });
}

function parsePort(text: string): Parsed<number> {
  const port = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (port >= 1 && port <= 65535) return valid(port);
  return invalid({
    what: `the database port ${JSON.stringify(text)} is not a port`,
    fix: 'DB_PORT is a whole number from 1 to 65535.',
  });
}

/**
 * libpq's names, but a connection that leaves this machine is verified unless the user says otherwise:
 * in libpq `require` encrypts towards whoever answers.
 */
function parseTls(
  host: string,
  mode: string | undefined,
  rootCertificate: string | undefined,
): Parsed<TlsSettings> {
  switch (mode || (rootCertificate || !isThisMachine(host) ? 'verify-full' : 'disable')) {
    case 'disable':
      return valid({ mode: 'off' });
    case 'no-verify':
    case 'require':
    case 'prefer':
    case 'allow':
      return rootCertificate ? verified(rootCertificate) : valid({ mode: 'unverified' });
    case 'verify-ca':
    case 'verify-full':
      return verified(rootCertificate);
    default:
      return invalid({
        what: `sslmode ${JSON.stringify(mode)} is not known`,
        fix: 'Use verify-full (default for hosts other than this one), require or disable.',
      });
  }
}

function verified(path: string | undefined): Parsed<TlsSettings> {
  if (!path || path === 'system') return valid({ mode: 'verify', rootCertificate: undefined });
  try {
    const rootCertificate = readFileSync(path, 'utf8');
    // Node takes a file without a certificate in silence, and then trusts nobody.
    new X509Certificate(rootCertificate);
    return valid({ mode: 'verify', rootCertificate });
  } catch {
    return invalid({
      what: `the root certificate ${path} cannot be read, or is none`,
      fix: 'Point sslrootcert or PGSSLROOTCERT at a readable PEM file.',
    });
  }
}
