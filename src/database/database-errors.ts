import { ExpectedError } from '../errors.js';
import { isSocketFolder, type ServerSettings } from '../models/settings.js';
import { byClass, type Explanation, isDamage } from './error-classes.js';
import { CONNECT_TIMEOUT_MS, connectTimeoutOf } from './socket.js';
import { explainTlsError } from './tls-errors.js';

/** SQLSTATE classes and codes by the names of PostgreSQL's manual, appendix A. */
const SQLSTATE = {
  protocolViolation: '08P01',
  invalidPassword: '28P01',
  invalidAuthorization: '28000',
  invalidCatalogName: '3D000',
  insufficientPrivilege: '42501',
  readOnlyTransaction: '25006',
  diskFull: '53100',
  tooManyConnections: '53300',
  cannotConnectNow: '57P03',
  queryCanceled: '57014',
  lockNotAvailable: '55P03',
  numericOutOfRange: '22003',
  checkViolation: '23514',
  stringTooLong: '22001',
  internalError: 'XX000',
  syntaxError: '42601',
  undefinedObject: '42704',
  invalidParameterValue: '22023',
  cannotChangeRuntimeParameter: '55P02',
} as const;

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** Whether PostgreSQL itself reported it; what ends PGlite has no such code. */
export const hasSqlState = (error: unknown): boolean =>
  /^[0-9A-Z]{5}$/.test(codeOf(error)) && codeOf(error) !== 'EPIPE';

/** Reported by a server before it does any work. */
export const passesByItself = (error: unknown): boolean =>
  [SQLSTATE.cannotConnectNow, SQLSTATE.tooManyConnections].some((code) => code === codeOf(error));

export const isPermissionRefused = (error: unknown): error is Error =>
  codeOf(error) === SQLSTATE.insufficientPrivilege;

/** Of a database in this process; what it calls an internal error comes of its files too. */
export const isDamaged = (error: unknown): boolean =>
  isDamage(codeOf(error)) || codeOf(error) === SQLSTATE.internalError;

/** Of the start-up packet; PgBouncer knows a few alone. */
export const isParameterRefused = (error: unknown): boolean =>
  codeOf(error) === SQLSTATE.protocolViolation &&
  /unsupported startup parameter/.test((error as Error).message);

/** Before any work, because of the user's own `options`; the server's message quotes them. */
const isOptionsRefused = (error: unknown, settings?: ServerSettings): boolean =>
  settings?.session?.startupOptions !== undefined &&
  (isParameterRefused(error) ||
    ((error as { severity?: unknown }).severity === 'FATAL' &&
      [
        ...[SQLSTATE.syntaxError, SQLSTATE.undefinedObject, SQLSTATE.invalidParameterValue],
        SQLSTATE.cannotChangeRuntimeParameter,
      ].some((code) => code === codeOf(error))));

/** What a person can do about a database error; anything unknown stays as it is: a bug. */
export function explainDatabaseError(error: unknown, place: string, settings?: ServerSettings): unknown {
  if (error instanceof ExpectedError) return error;
  if (isOptionsRefused(error, settings)) {
    return new ExpectedError(
      'config',
      `the database ${place} refused the parameter options in DATABASE_URL`,
      {
        fix: 'Correct or remove it. It holds settings of the session, such as options=-c%20statement_timeout%3D9s; PgBouncer accepts none.',
      },
    );
  }
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const explained =
    explanations(place, message, settings)[code] ??
    explainTlsError(code, message, place, settings?.host ?? '') ??
    byClass(code, place, message);
  if (!explained) return error;
  const [kind, what, fix] = explained;
  return new ExpectedError(kind, what, { fix, cause: error });
}

const letIn = (user: string): string =>
  `Check DB_USER; create the role with: createuser ${user}; or allow it in pg_hba.conf.`;

function explanations(
  place: string,
  message: string,
  settings?: ServerSettings,
): Record<string, Explanation> {
  const { user = 'postgres', database = 'postgres', host = 'localhost' } = settings ?? {};
  const start =
    'Start the server, or correct DATABASE_URL (or DB_HOST/DB_PORT). Unset them to use the embedded database.';
  const unreachable = (why: string): Explanation => [
    'database',
    `the database ${place} cannot be reached: ${why}`,
    start,
  ];
  return {
    ...(isSocketFolder(host) && {
      ENOENT: unreachable(`no server socket in ${host}`),
      EACCES: unreachable(`no permission to open the socket in ${host}`),
    }),
    ECONNREFUSED: unreachable('connection refused'),
    ENOTFOUND: unreachable(`unknown host name ${host}`),
    EAI_AGAIN: unreachable(`host name ${host} could not be resolved`),
    ETIMEDOUT: unreachable(message),
    CONNECT_TIMEOUT: unreachable(
      `it accepts connections but does not respond within ${(settings ? connectTimeoutOf(settings) : CONNECT_TIMEOUT_MS) / 1000} s`,
    ),
    EHOSTUNREACH: unreachable('no route to the host'),
    ENETUNREACH: unreachable('no network'),
    [SQLSTATE.invalidPassword]: [
      'config',
      `database login failed for user "${user}": wrong password or unknown role`,
      'Correct DB_USER and DB_PASS, or both in DATABASE_URL (percent-encode characters such as @ and /).',
    ],
    [SQLSTATE.invalidAuthorization]: [
      'config',
      `database login failed for user "${user}": ${message}`,
      settings?.tls.mode === 'off'
        ? `${letIn(user)} If it requires encryption: PGSSLMODE=verify-full, or sslmode in DATABASE_URL.`
        : letIn(user),
    ],
    [SQLSTATE.invalidCatalogName]: [
      'config',
      `there is no database ${database} on ${host}`,
      `Correct DB_NAME, or create it with: createdb -h ${host} ${database}`,
    ],
    [SQLSTATE.readOnlyTransaction]: [
      'config',
      `the database ${place} is a read-only replica`,
      'Point DATABASE_URL or DB_HOST at the primary.',
    ],
    [SQLSTATE.diskFull]: [
      'database',
      `the disk of the database ${place} is full`,
      'Free disk space there and run again; stored data is intact.',
    ],
    [SQLSTATE.tooManyConnections]: [
      'database',
      `the database ${place} has too many connections: ${message}`,
      `Raise max_connections or the limit of the role ${user}, or use PgBouncer. The next run tries again.`,
    ],
    [SQLSTATE.cannotConnectNow]: [
      'database',
      `the database ${place} is starting up or shutting down`,
      'Nothing to do: the next run tries again.',
    ],
    [SQLSTATE.queryCanceled]: [
      'database',
      `the database ${place} cancelled a statement: ${message}`,
      'Raise its statement_timeout for this role, or look for a lock: select * from pg_stat_activity;',
    ],
    [SQLSTATE.lockNotAvailable]: [
      'database',
      `another session of the database ${place} holds a lock for too long: ${message}`,
      "Find it and end it: select pid, usename, state, query from pg_stat_activity where xact_start < now() - interval '30 s';",
    ],
    [SQLSTATE.checkViolation]: [
      'guard',
      `the database refused a value: ${message}`,
      'Nothing was stored. If it persists, report it with the log.',
    ],
    [SQLSTATE.numericOutOfRange]: [
      'guard',
      `the database refused a number: ${message}`,
      'Nothing was stored. If it persists, report it with the log.',
    ],
    [SQLSTATE.stringTooLong]: [
      'guard',
      `a name is longer than the 50 characters that portfolio_items allows: ${message}`,
      'Nothing was stored. Use a shorter account name.',
    ],
  };
}
