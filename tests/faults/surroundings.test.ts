import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARY } from '../support/cli.js';
import { refuseTold, watchRun } from '../support/left-secrets.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await stage.end();
});

/** A script in which `$RUN` is the program, for what only a shell can bring about. */
function inShell(script: string, more: Readonly<Record<string, string>> = {}) {
  const env = {
    ...stage.env,
    ...more,
    PATH: process.env['PATH'] ?? '',
    RUN: `${process.execPath} ${BINARY}`,
  };
  watchRun(env);
  const shell = spawn('/bin/sh', ['-c', script], {
    cwd: stage.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()));
  }
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    shell.once('close', (code) => {
      refuseTold(env, said);
      resolve({ code, said });
    });
  });
}

test.each(['sync', 'show', 'check --offline', 'export'])(
  'in a working directory that was deleted %s says so: 78',
  async (command) => {
    const { code, said } = await inShell(`mkdir gone && cd gone && rmdir ../gone && $RUN ${command}`);
    expect(code).toBe(78);
    expect(said).toMatch(
      /^Error: the working directory no longer exists\n {2}Fix: Change to an existing directory/,
    );
  },
);

test.each(['sync', 'show', 'export'])(
  'too little memory for the embedded database is not told by %s as damage, whose way out gives its files up: 74',
  async (command) => {
    const { code, said } = await inShell(`ulimit -v 3000000; $RUN ${command}`);
    expect(code).toBe(74);
    expect(said).toMatch(/cannot be opened: not enough memory: .*Fix: Its files are unchanged/s);
    expect(said).not.toContain('damaged');
  },
);

test('warnings that standard error has no room for do not keep a sync from its work', async () => {
  writeFileSync(join(stage.folder, '.env'), 'EXCHANGE_SYNC_LOG_LEVEL=warn\n', { mode: 0o644 });
  writeFileSync(join(stage.folder, 'file'), '');
  const env = { EXCHANGE_SYNC_LOG_FILE: join(stage.folder, 'file', 'sync.log') };
  expect((await inShell('$RUN sync', env)).said).toMatch(/can be read by others.*has no log file/s);
  const { code, said } = await inShell('$RUN sync --verbose 2> /dev/full', env);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('3 assets') as unknown });
});

test('a log that is a pipe nobody reads, as anybody may put one into /tmp, is refused and not waited for: 78', async () => {
  const script = 'mkfifo pipe; EXCHANGE_SYNC_LOG_FILE="$PWD/pipe" timeout -k 1 60 $RUN sync';
  const { code, said } = await inShell(script);
  expect(code).toBe(78);
  expect(said).toMatch(/the log cannot be written: \S+pipe is not a regular file/);
});
