import type { Parameters } from './connection-string.js';
import type { Env } from './env.js';
import { invalid, type Parsed, valid } from './problems.js';

const USED = [
  ...['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'ssl', 'sslrootcert'],
  ...['connect_timeout', 'application_name', 'options'],
];

/** What other programs and libpq know, and what changes neither where nor how safely this one connects. */
const WITHOUT_EFFECT = new Set([
  ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'],
  ...['fallback_application_name', 'client_encoding', 'krbsrvname', 'gsslib', 'sslsni', 'sslcompression'],
  ...['schema', 'pgbouncer', 'connection_limit', 'pool_timeout', 'uselibpqcompat'],
]);

/** Parameters of which some values ask for nothing that is missing here. */
const HARMLESS_VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  channel_binding: new Set(['prefer', 'disable']),
  gssencmode: new Set(['prefer', 'disable']),
  sslnegotiation: new Set(['postgres']),
  target_session_attrs: new Set(['any', 'read-write', 'primary', 'prefer-standby']),
  sslcertmode: new Set(['allow', 'disable']),
  load_balance_hosts: new Set(['disable']),
};

/** What is missing here, with what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  channel_binding: 'Remove it and use sslmode=verify-full, which verifies the server.',
  gssencmode: 'Remove it and use sslmode=verify-full.',
  sslnegotiation: 'Remove it: TLS is negotiated as PostgreSQL before version 17 did.',
  target_session_attrs: 'Remove it: a sync writes, so name the primary.',
  sslcertmode: 'Remove it: client certificates are not supported; use a password.',
  load_balance_hosts: 'Remove it: name one host.',
  hostaddr: 'Name the address as the host.',
  service: 'Write the connection of that service out.',
  servicefile: 'Write the connection of that service out.',
  passfile: 'Put the password into DATABASE_URL, or the whole into a file: DATABASE_URL_FILE.',
  sslcert: 'Client certificates are not supported; use a password.',
  sslkey: 'Client certificates are not supported; use a password.',
  sslpassword: 'Client certificates are not supported; use a password.',
  sslcrl: 'Revocation lists are not supported; remove it.',
  sslcrldir: 'Revocation lists are not supported; remove it.',
  requirepeer: 'Remove it; a TCP connection with sslmode=verify-full verifies the server.',
  requiressl: 'Write sslmode=require.',
  require_auth: 'Remove it.',
  ssl_min_protocol_version: 'Remove it; set ssl_min_protocol_version at the server.',
  ssl_max_protocol_version: 'Remove it.',
  replication: 'Remove it.',
};

/**
 * The parameters, or a problem for each that would be ignored. A name that is not known here is never
 * printed: behind an unencoded sign it may be part of a password.
 */
export function checkParameters(given: Parameters): Parsed<Parameters> {
  const problems = [...given].flatMap(([name, value]) => {
    if (USED.includes(name) || WITHOUT_EFFECT.has(name) || HARMLESS_VALUES[name]?.has(value)) return [];
    const fix = Object.hasOwn(UNSUPPORTED, name) ? UNSUPPORTED[name] : undefined;
    if (fix !== undefined) return [{ what: `the parameter ${name} in DATABASE_URL is not supported`, fix }];
    return [
      {
        what: 'DATABASE_URL has a parameter that is not known',
        fix: `Remove it, or percent-encode the characters ? and & of the password as %3F and %26. Known: ${USED.filter((known) => known !== 'ssl').join(', ')}.`,
      },
    ];
  });
  if ((given.get('host') ?? '').includes(',') || (given.get('port') ?? '').includes(',')) {
    problems.push({ what: 'DATABASE_URL names several hosts', fix: 'Name one, the primary: a sync writes.' });
  }
  if (!given.get('host')) {
    problems.push({
      what: 'DATABASE_URL names no host',
      fix: 'Write postgres://USER:PASSWORD@localhost/DATABASE, or for a Unix socket postgres:///DATABASE?host=/var/run/postgresql',
    });
  }
  return problems.length > 0 ? invalid(...problems) : valid(given);
}

/**
 * The environment variables of libpq that ask for the same, such as PGTARGETSESSIONATTRS: an unsupported value is a
 * problem unless the connection string sets that parameter itself, which wins as in libpq.
 */
export function checkLibpqVariables(env: Env, given: Parameters): Parsed<undefined> {
  const problems = Object.entries(HARMLESS_VALUES).flatMap(([name, harmless]) => {
    const variable = `PG${name.replaceAll('_', '').toUpperCase()}`;
    const value = env[variable];
    if (!value || given.has(name) || harmless.has(value)) return [];
    return [{ what: `unsupported ${variable} ${JSON.stringify(value)}`, fix: UNSUPPORTED[name] ?? '' }];
  });
  return problems.length > 0 ? invalid(...problems) : valid(undefined);
}

/**
 * Removes libpq's variables from the environment of this process. postgres.js would read all of them by rules of its
 * own: PGTARGETSESSIONATTRS=any throws, and PGIDLE_TIMEOUT closes a connection within a run.
 */
export function hideLibpqVariables(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment).filter((name) => name.startsWith('PG'))) {
    Reflect.deleteProperty(environment, name);
  }
}
