import { ExpectedError } from '../errors.js';
import type { ServerSettings } from '../models/settings.js';
import { CONNECT_TIMEOUT_MS } from './socket.js';
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
} as const;

/**
 * What a statement of ours ends with only where somebody else has changed a table: a table, column, key or
 * function that is gone, a type that is another, a rule or trigger of theirs, what is there already.
 */
const UNFIT: ReadonlySet<string> = new Set([
  ...['42P01', '42703', '42P10', '42883', '42804', '22P02', '42P07', '42710'],
  ...['23502', '23503', '23505', 'P0001'],
]);

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** Said by a server before it takes any work. */
export const passesByItself = (error: unknown): boolean =>
  [SQLSTATE.cannotConnectNow, SQLSTATE.tooManyConnections].some((code) => code === codeOf(error));

export const isPermissionRefused = (error: unknown): error is Error =>
  codeOf(error) === SQLSTATE.insufficientPrivilege;

/** Of the start-up packet; PgBouncer knows a few alone. */
export const isParameterRefused = (error: unknown): boolean =>
  codeOf(error) === SQLSTATE.protocolViolation &&
  /unsupported startup parameter/.test((error as Error).message);

/** What a person can do about a database error; anything unknown stays as it is: a bug. */
export function explainDatabaseError(error: unknown, place: string, settings?: ServerSettings): unknown {
  if (error instanceof ExpectedError) return error;
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
  `Check DB_USER; make the role with: createuser ${user}; or allow it in pg_hba.conf.`;

type Explanation = readonly ['database' | 'config' | 'guard', string, string];

function explanations(
  place: string,
  message: string,
  settings?: ServerSettings,
): Record<string, Explanation> {
  const { user = 'postgres', database = 'postgres', host = 'localhost' } = settings ?? {};
  const start =
    'Start the server (systemctl start postgresql), or mend DATABASE_URL or DB_HOST and DB_PORT. ' +
    'With none of them set an embedded database is used.';
  const unreachable = (why: string): Explanation => [
    'database',
    `the database ${place} cannot be reached: ${why}`,
    start,
  ];
  return {
    ECONNREFUSED: unreachable('connection refused'),
    ENOTFOUND: unreachable(`the host name ${host} is not known`),
    EAI_AGAIN: unreachable(`the host name ${host} could not be looked up`),
    ETIMEDOUT: unreachable(message),
    CONNECT_TIMEOUT: unreachable(
      `it takes connections but does not answer within ${CONNECT_TIMEOUT_MS / 1000} s`,
    ),
    EHOSTUNREACH: unreachable('no route to the host'),
    ENETUNREACH: unreachable('no network'),
    [SQLSTATE.invalidPassword]: [
      'config',
      `the database refused the password of ${user}, or has no such role`,
      'Mend DB_USER and DB_PASS, or both in DATABASE_URL (percent-encode signs such as @ and /).',
    ],
    [SQLSTATE.invalidAuthorization]: [
      'config',
      `the database does not let ${user} in: ${message}`,
      settings?.tls.mode === 'off'
        ? `${letIn(user)} Where it demands encryption: PGSSLMODE=verify-full, or sslmode in DATABASE_URL.`
        : letIn(user),
    ],
    [SQLSTATE.invalidCatalogName]: [
      'config',
      `there is no database ${database} on ${host}`,
      `Mend DB_NAME, or make it with: createdb -h ${host} ${database}`,
    ],
    [SQLSTATE.readOnlyTransaction]: [
      'config',
      `the database ${place} is a read-only replica`,
      'Point DATABASE_URL or DB_HOST at the primary.',
    ],
    [SQLSTATE.diskFull]: [
      'database',
      `the disk of the database ${place} is full`,
      'Make room there and run again; what was stored is kept.',
    ],
    [SQLSTATE.tooManyConnections]: [
      'database',
      `the database ${place} has too many connections: ${message}`,
      `Raise max_connections or the limit of the role ${user}, or put PgBouncer before it. The next run tries again.`,
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
      'Nothing was stored. If it stays so, report it with the log.',
    ],
    [SQLSTATE.numericOutOfRange]: [
      'guard',
      `the database refused a number: ${message}`,
      'Nothing was stored. If it stays so, report it with the log.',
    ],
    [SQLSTATE.stringTooLong]: [
      'guard',
      `a name is longer than the 50 characters that portfolio_items takes: ${message}`,
      'Nothing was stored. Use a shorter account name.',
    ],
  };
}

/** Codes of postgres.js, of our sockets and of the system; what is said of one without words is its message. */
const LOST: Readonly<Record<string, string | undefined>> = {
  CONNECTION_CLOSED: 'the server closed it',
  CONNECTION_DESTROYED: 'it was given up',
  CONNECTION_ENDED: 'it was given up',
  CONNECTION_LOST: undefined,
  ECONNRESET: 'the server closed it',
  EPIPE: 'the server closed it',
};

/** Tables that others changed; connection exceptions, operator intervention, resources, system errors: they pass, nothing was written. */
function byClass(code: string, place: string, message: string): Explanation | undefined {
  if (UNFIT.has(code)) {
    return [
      'config',
      `the database ${place} does not fit this program: ${message}`,
      'Something else changed a table there. Undo that, or restore a backup; nothing was stored. If nobody did, report it with the log.',
    ];
  }
  if (!(code in LOST) && !/^(08|53|57|58)/.test(code)) return undefined;
  return [
    'database',
    `the connection to the database ${place} was lost: ${LOST[code] ?? message}`,
    'Nothing was half written. The next run tries again; look at the server log if it stays so.',
  ];
}
