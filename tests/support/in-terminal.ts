import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BINARY } from './cli.js';
import { refuseTold, watchRun } from './left-secrets.js';
import type { Stage } from './stage.js';

/** What a run prints in a terminal of its own, which takes the package bsdutils; whatever its exit status. */
export async function inTerminal(
  stage: Stage,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const command = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ');
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm', COLUMNS: '100', ...stage.env, ...more };
  watchRun(env);
  const { stdout } = await promisify(execFile)('script', ['--quiet', '--command', command, '/dev/null'], {
    cwd: stage.folder,
    env,
  });
  refuseTold(env, stdout);
  return stdout;
}
