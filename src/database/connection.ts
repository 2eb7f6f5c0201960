import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import postgres from 'postgres';
import type { ServerSettings } from '../models/settings.js';

export type Sql = postgres.Sql;

const CONNECT_TIMEOUT_MS = 10_000;
const END_TIMEOUT_S = 2;

/** A socket, or the in-memory stream of the embedded database, that is open already. */
export type OpenStream = () => Promise<unknown>;

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
    if (opened) throw Object.assign(new Error('the connection was lost'), { code: 'CONNECTION_LOST' });
    opened = true;
    return await open();
  };
  const sql = postgres({
    ...options,
    // Not in the library's types, though documented in its README.
    ...({ socket } as object),
    max: 1,
    // Every connection is new, so a prepared statement would be used once; PgBouncer likes it too.
    prepare: false,
    fetch_types: false,
    connect_timeout: CONNECT_TIMEOUT_MS / 1000,
    // The default prints notices on stdout, in the middle of JSON.
    onnotice: () => undefined,
  });
  try {
    return await work(sql);
  } finally {
    await bounded(sql.end({ timeout: END_TIMEOUT_S }));
  }
}

/** A server that fell silent must not keep a closed connection's end from being reached. */
async function bounded(ending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, (END_TIMEOUT_S + 1) * 1000);
  });
  await Promise.race([ending.catch(() => undefined), bound]);
  clearTimeout(timer);
}

export function serverOptions(settings: ServerSettings): postgres.Options<Record<string, never>> {
  const { host, port, user, password, database } = settings;
  return {
    host,
    port,
    user,
    password,
    database,
    ssl: tlsOptions(settings),
    connection: { application_name: 'exchange-sync' },
  };
}

/** Chain and name are verified; an address is checked as itself, not as the name `localhost`. */
function tlsOptions({ tls, host }: ServerSettings): ConnectionOptions | false {
  if (tls.mode === 'off') return false;
  if (tls.mode === 'unverified') return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(tls.rootCertificate === undefined ? {} : { ca: tls.rootCertificate }),
    ...(isIP(host) ? {} : { servername: host }),
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  };
}

export function openSocket({ host, port }: ServerSettings): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => {
      socket.destroy(
        Object.assign(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1000} s`), { code: 'ETIMEDOUT' }),
      );
    }, CONNECT_TIMEOUT_MS);
    socket.once('error', reject);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', reject);
      // postgres.js reads the host from here for TLS.
      resolve(Object.assign(socket, { host, port }));
    });
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}
