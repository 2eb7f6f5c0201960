import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { type Certificate, createAuthority } from './certificates.js';
import { startPostgres, type TestServer } from './postgres.js';
import { writeServerFile } from './server-files.js';
import { urlOf } from './urls.js';

export interface TlsServer extends TestServer {
  /** Resolves once new connections meet this certificate. */
  readonly present: (certificate: Certificate) => Promise<void>;
}

/** A server that takes passwords over TLS alone, except from the user `postgres`. */
export async function startTlsServer(): Promise<TlsServer> {
  const server = await startPostgres();
  const admin = await server.createDatabase();
  const present = async ({ certificate, key }: Certificate) => {
    writeServerFile(server, 'server.crt', certificate);
    writeServerFile(server, 'server.key', key);
    await reload(admin);
  };
  writeServerFile(server, 'pg_hba.conf', 'hostssl all all all password\nhost all postgres all password\n');
  writeServerFile(server, 'postgresql.auto.conf', 'ssl = on\n');
  await present(createAuthority('first').issue({}));
  return { ...server, present };
}

/** A connection sees the settings that the server had when it was made. */
async function reload(admin: ServerSettings): Promise<void> {
  const loadedAt = async (): Promise<string> => {
    const sql = postgres(urlOf(admin), { max: 1 });
    const [row] = await sql`select pg_conf_load_time()::text as time, pg_reload_conf()`;
    await sql.end();
    return String(row?.['time']);
  };
  const before = await loadedAt();
  while ((await loadedAt()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
}
