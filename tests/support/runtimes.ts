import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { freePort, postgresFlags } from './postgres.js';
import { until } from './until.js';
import { urlOf } from './urls.js';

const IS_ROOT = process.getuid?.() === 0;
/** Where `.ci/runtimes/install.sh` puts them. */
const RUNTIMES = join(
  IS_ROOT ? '/var/cache' : join(homedir(), '.cache'),
  'exchange-sync-runtimes/node_modules',
);
/** `nobody`: PostgreSQL does not run as root. */
const SERVER_USER = IS_ROOT ? { uid: 65_534, gid: 65_534 } : {};

/** The program `node` of a major version. Throws if it is not installed. */
export const nodeOf = (major: number): string => installed(`node-${major}/bin/node`);

export interface VersionedServer {
  readonly database: ServerSettings;
  readonly stop: () => Promise<void>;
}

/** A server of a major version of PostgreSQL, on a free port and in a temporary directory. */
export async function startPostgresOf(major: number): Promise<VersionedServer> {
  const binaries = installed(`postgres-${major}/native/bin`);
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-postgres-'));
  chmodSync(folder, 0o700);
  if (IS_ROOT) chownSync(folder, SERVER_USER.uid ?? 0, SERVER_USER.gid ?? 0);
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(binaries, 'initdb'), flags, { ...SERVER_USER, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb of PostgreSQL ${major} failed: ${made.stderr}`);
  const port = await freePort();
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...postgresFlags({ port: String(port) })], {
    ...SERVER_USER,
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const database = {
    kind: 'server',
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: 'postgres',
    database: 'postgres',
    tls: { mode: 'off' },
  } as const;
  await until(() => answers(database));
  return {
    database,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(database: ServerSettings): Promise<true | undefined> {
  const sql = postgres(urlOf(database), { max: 1 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return undefined;
  } finally {
    await sql.end();
  }
}

function installed(path: string): string {
  const found = join(RUNTIMES, path);
  if (!existsSync(found)) throw new Error(`${found} is not installed: run .ci/runtimes/install.sh`);
  return found;
}
