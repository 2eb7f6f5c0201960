import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../errors.js';
import { type DatabaseSettings, placeOf, type ServerSettings } from '../models/settings.js';
import type { Sql } from './connection.js';
import {
  explainDatabaseError,
  isParameterRefused,
  isPermissionRefused,
  passesByItself,
} from './database-errors.js';
import { type Connection, explainPermission } from './grants.js';
import { openSocket } from './socket.js';

export type { Sql } from './connection.js';

export interface Database {
  readonly kind: DatabaseSettings['kind'];
  /** Where it is, for messages; never holds a password. */
  readonly place: string;
  /** One operation over one fresh connection, of a minute at most. Throws ExpectedError for everything that a user can fix. */
  readonly run: <T>(work: (sql: Sql) => Promise<T>, limitMs?: number) => Promise<T>;
  /** Of the embedded one, before it is migrated: keeps a copy of what has a schema of this version. */
  readonly backUp?: (schema: number) => Promise<void>;
}

export interface OpenOptions {
  /** How long to wait while another process has the embedded database open. */
  readonly lockWaitMs: number;
}

const OPERATION_LIMIT_MS = 60_000;
const TRIES = 4;
const RETRY_MS = 400;

/** The database of the settings for as long as `work` runs; a server has nothing open in between. */
export async function withDatabase<T>(
  settings: DatabaseSettings,
  options: OpenOptions,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (settings.kind === 'server') return await work(serverDatabase(settings));
  // Its kernel lock and WebAssembly are not loaded where a server is used.
  const { withEmbedded } = await import('./embedded.js');
  return await withEmbedded(settings.directory, options.lockWaitMs, async ({ connection, backUp }) => {
    const { directory } = settings;
    return await work({
      kind: 'embedded',
      place: directory,
      run: (fn, limitMs) => guarded(directory, () => connection(fn), limitMs),
      backUp,
    });
  });
}

function serverDatabase(settings: ServerSettings): Database {
  const place = placeOf(settings);
  const connection = serverConnection(settings);
  return {
    kind: 'server',
    place,
    run: (work, limitMs) =>
      guarded(place, () => explained(settings.user, connection, work), limitMs, settings),
  };
}

/** With the search path pinned; without it behind PgBouncer, where the search path of the role applies. */
function serverConnection(settings: ServerSettings): Connection {
  let refused = false;
  return async (work) => {
    const pinned = !refused;
    try {
      return await connected(settings, pinned, work);
    } catch (error) {
      if (!pinned || !isParameterRefused(error)) throw error;
      refused = true;
      return await connected(settings, false, work);
    }
  };
}

async function connected<T>(
  settings: ServerSettings,
  pinned: boolean,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const socket = openSocket(settings);
  // It may fail before its caller awaits it.
  socket.catch(() => undefined);
  // Loads while the server takes the connection.
  const { serverOptions, withConnection } = await import('./connection.js');
  return await withConnection(serverOptions(settings, pinned), () => socket, work);
}

async function explained<T>(
  role: string,
  connection: Connection,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  try {
    return await retried(() => connection(work));
  } catch (error) {
    if (isPermissionRefused(error)) throw await explainPermission(error, role, connection);
    throw error;
  }
}

async function guarded<T>(
  place: string,
  operation: () => Promise<T>,
  limitMs = OPERATION_LIMIT_MS,
  settings?: ServerSettings,
): Promise<T> {
  try {
    return await limited(place, operation(), limitMs);
  } catch (error) {
    throw explainDatabaseError(error, place, settings);
  }
}

/** A statement_timeout in the start-up packet would be refused by PgBouncer. */
async function limited<T>(place: string, operation: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new ExpectedError('database', `the database ${place} did not finish within ${limitMs / 1000} s`, {
          fix: 'Check for a lock or a slow disk there: select * from pg_stat_activity;',
        }),
      );
    }, limitMs);
  });
  try {
    return await Promise.race([operation, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Only what a server says before it takes any work, so that nothing is ever done twice. */
async function retried<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === TRIES || !passesByItself(error)) throw error;
      await sleep((0.5 + Math.random() / 2) * RETRY_MS * 2 ** attempt);
    }
  }
}
