import type { Duplex } from 'node:stream';
import postgres from 'postgres';
import type { ServerSettings } from '../models/settings.js';
import { PINNED, TEXT_FORMS } from './session.js';
import { CONNECT_TIMEOUT_MS, connectTimeoutOf, SOCKET_ERROR, socketError } from './socket.js';

export type Sql = postgres.Sql;

const END_TIMEOUT_S = 2;

/** A socket, or the in-memory stream of the embedded database, that is open already. */
export type OpenStream = () => Promise<Duplex>;

/**
 * Runs `work` over one fresh connection and closes it, whatever happens. postgres.js would replace a
 * connection that is lost, run the rest of a broken transaction over the new one, and try for ever
 * where a server accepts and closes: a second stream is therefore refused.
 */
export async function withConnection<T>(
  options: postgres.Options<Record<string, never>>,
  open: OpenStream,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  let opened = false;
  const socket = async () => {
    if (opened) throw lost();
    opened = true;
    const stream = await open();
    // The library would wait for the end of what has ended before it listens.
    if (stream.destroyed) throw lost();
    return stream;
  };
  const sql = postgres({
    ...options,
    // Not in the library's types, though documented in its README.
    ...({ socket } as object),
    max: 1,
    // Every connection is new, so a prepared statement would be used once; PgBouncer likes it too.
    prepare: false,
    fetch_types: false,
    connect_timeout: options.connect_timeout ?? CONNECT_TIMEOUT_MS / 1000,
    // The default prints notices on stdout, in the middle of JSON.
    onnotice: () => undefined,
  });
  try {
    return await work(sql);
  } finally {
    await bounded(sql.end({ timeout: END_TIMEOUT_S }));
  }
}

const lost = (): Error => socketError(SOCKET_ERROR.lost, 'the connection was lost');

/** A server that fell silent must not keep a closed connection's end from being reached. */
async function bounded(ending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, (END_TIMEOUT_S + 1) * 1000);
  });
  await Promise.race([ending.catch(() => undefined), bound]);
  clearTimeout(timer);
}

/** `pinned`: with the settings that PgBouncer refuses before it takes any work. */
export function serverOptions(
  settings: ServerSettings,
  pinned: boolean,
): postgres.Options<Record<string, never>> {
  const { host, port, user, password, database, session } = settings;
  return {
    host,
    port,
    user,
    password,
    database,
    // The socket it is given is secured already.
    ssl: false,
    connect_timeout: connectTimeoutOf(settings) / 1000,
    connection: {
      application_name: session?.applicationName ?? 'exchange-sync',
      ...(session?.startupOptions === undefined ? {} : { options: session.startupOptions }),
      ...TEXT_FORMS,
      ...(pinned ? PINNED : {}),
    },
  };
}
