import { expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from '../faults/fault.js';
import { BINARY } from '../support/cli.js';
import { watchRun } from '../support/left-secrets.js';
import { onServer } from '../support/on-server.js';
import { fill, KEY, SECRET, SINCE, type Stage } from '../support/stage.js';

const NAMES = ['BYBIT_API_KEY', 'BYBIT_API_SECRET'] as const;

let stage: Stage;

onServer('all', async (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});

/** A run whose keys are in this file alone. */
function withFile(command: string, text: string, mode = 0o600) {
  const path = join(stage.folder, '.env');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return stage.run([command], { without: NAMES });
}

fault(40, async () => {
  const asked = stage.simulator.requests.length;
  const missing = await stage.run(['sync'], { without: ['BYBIT_API_SECRET'] });
  const blank = await stage.run(['sync'], { env: { BYBIT_API_SECRET: '  ' } });
  const quoted = await stage.run(['sync'], { env: { BYBIT_API_SECRET: `'${SECRET}'` } });
  const cut = await withFile('sync', `BYBIT_API_KEY=${KEY}\nBYBIT_API_SECRET=${SECRET}#more\n`);
  for (const [result, said] of [
    [missing, /BYBIT_API_SECRET is missing or blank/],
    [blank, /BYBIT_API_SECRET is missing or blank/],
    [quoted, /BYBIT_API_SECRET has quotation marks/],
    [cut, /BYBIT_API_SECRET in \S+ contains an unquoted #/],
  ] as const) {
    expect(result).toMatchObject({ code: 78, stdout: '', stderr: expect.stringMatching(said) as unknown });
    expect(result.stderr).not.toMatch(new RegExp(`${KEY}|${SECRET}|#more`));
  }
  expect(stage.simulator.requests).toHaveLength(asked);
  const marked = await withFile('sync', `\uFEFFBYBIT_API_KEY=${KEY}\nBYBIT_API_SECRET='${SECRET}'\n`);
  expect(marked).toMatchObject({ code: 0, stderr: '' });
});

fault(41, async () => {
  for (const command of ['sync', 'show']) {
    const result = await stage.run([command, '--exchange', 'bybti']);
    expect(result).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('Did you mean bybit?') as unknown,
    });
  }
});

fault(42, async () => {
  const text = `BYBIT_API_KEY=${KEY}\nBYBIT_API_SECRET='${SECRET}'\n`;
  const warning = /^Warning: \S+\.env can be read by others: chmod 600 \S+\.env$/m;
  expect(await withFile('sync', text, 0o644)).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(warning) as unknown,
  });
  const checked = await withFile('check', text, 0o640);
  expect(checked).toMatchObject({ code: 1, stdout: expect.stringMatching(/^WARNING: .*\.env/) as unknown });
  expect(checked.stdout).toContain('chmod 600');
  expect(await withFile('sync', text)).toMatchObject({ code: 0, stderr: '' });
});

fault(45, async () => {
  const commands = [
    'show',
    'show --format json',
    'show --history 7d',
    'sync --json',
    'check --offline',
    '--help',
  ];
  for (const command of [...commands, 'completion bash']) {
    expect({ command, ...(await intoClosedPipe(command)) }).toEqual({ command, status: '0', stderr: '' });
  }
});

/** The command's own status, while its reader has gone before it wrote a byte. */
function intoClosedPipe(command: string): Promise<{ status: string; stderr: string }> {
  const script = `{ "$NODE" "$BINARY" ${command}; echo $? >&3; } | true`;
  const env = { ...stage.env, PATH: process.env['PATH'] ?? '', NODE: process.execPath, BINARY };
  watchRun(stage.env);
  const shell = spawn('/bin/sh', ['-c', script], {
    cwd: stage.folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let status = '';
  shell.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  shell.stdio[3]?.on('data', (text: Buffer) => (status += text.toString()));
  return new Promise((resolve) => {
    shell.once('close', () => {
      resolve({ status: status.trim(), stderr });
    });
  });
}
