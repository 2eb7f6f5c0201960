import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsPackage } from './needs.js';
import { freePort, type TestServer } from './postgres.js';
import { until } from './until.js';

export interface PgBouncer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** PgBouncer in transaction mode before the server, with fewer connections to it than clients have. */
export async function startPgBouncer(server: TestServer): Promise<PgBouncer> {
  needsPackage('pgbouncer');
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-pgbouncer-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const users = join(folder, 'users.txt');
  const settings = join(folder, 'pgbouncer.ini');
  writeFileSync(users, '"postgres" "postgres"\n');
  writeFileSync(settings, ini(server.port, port, users));
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = spawn('pgbouncer', [...user, settings], { stdio: 'ignore' });
  // Heard from the start: one that has ended by itself is not waited for.
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await until(() => answers(port)).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { port, stop };
}

const ini = (serverPort: number, port: number, users: string): string => `
[databases]
* = host=127.0.0.1 port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
admin_users = postgres
pool_mode = transaction
default_pool_size = 2
`;

function answers(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(undefined);
    });
  });
}
