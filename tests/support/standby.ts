import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, nativeFolder, postgresFlags, type TestServer } from './postgres.js';
import { writeServerFile } from './server-files.js';
import { until } from './until.js';

export interface Standby {
  readonly port: number;
  /** Resolves once its log has these words so many times. */
  readonly said: (words: string, times?: number) => Promise<void>;
  /** Makes a primary of it. */
  readonly promote: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * The server's own files as a standby that waits for a primary; the server itself is halted for good. One
 * that is not hot lets nobody in: to its clients it is starting up.
 */
export async function turnIntoStandby(server: TestServer, { hot = true } = {}): Promise<Standby> {
  await server.halt();
  writeServerFile(server, 'standby.signal', '');
  const port = await freePort();
  const { uid, gid } = statSync(server.dataDirectory);
  const flags = postgresFlags({ port: String(port), hot_standby: hot ? 'on' : 'off' });
  const child = spawn(join(nativeFolder(), 'bin/postgres'), ['-D', server.dataDirectory, ...flags], {
    uid,
    gid,
  });
  const said = listenTo(child);
  // Heard from the start: one that has ended by itself is not waited for.
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  const ready = hot ? 'ready to accept read-only connections' : 'entering standby mode';
  await said(ready).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    said,
    promote: () => {
      writeServerFile(server, 'promote', '');
      child.kill('SIGUSR1');
    },
    stop,
  };
}

function listenTo(child: ChildProcess): Standby['said'] {
  let log = '';
  let ended = false;
  child.stderr?.on('data', (text: Buffer) => (log += text.toString()));
  child.once('close', () => (ended = true));
  return async (words, times = 1) => {
    await until(() => {
      if (ended) throw new Error(`the standby ended:\n${log}`);
      return Promise.resolve(log.split(words).length > times || undefined);
    });
  };
}
