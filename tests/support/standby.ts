import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, nativeFolder, postgresFlags, type TestServer } from './postgres.js';
import { writeServerFile } from './server-files.js';

export interface Standby {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** The server's own files as a hot standby that waits for a primary; the server itself is halted for good. */
export async function turnIntoStandby(server: TestServer): Promise<Standby> {
  await server.halt();
  writeServerFile(server, 'standby.signal', '');
  const port = await freePort();
  const { uid, gid } = statSync(server.dataDirectory);
  const flags = postgresFlags({ port: String(port), hot_standby: 'on' });
  const child = spawn(join(nativeFolder(), 'bin/postgres'), ['-D', server.dataDirectory, ...flags], {
    uid,
    gid,
  });
  await said(child, 'ready to accept read-only connections');
  return {
    port,
    stop: async () => {
      child.kill('SIGINT');
      await new Promise((resolve) => child.once('close', resolve));
    },
  };
}

function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (text: Buffer) => {
      log += text.toString();
      if (log.includes(words)) resolve();
    });
    child.once('close', () => {
      reject(new Error(`the standby ended:\n${log}`));
    });
  });
}
