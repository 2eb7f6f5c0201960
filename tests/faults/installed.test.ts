import { afterAll, beforeAll, expect } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { needsRoot } from '../support/needs.js';
import { onServer } from '../support/on-server.js';
import { installPacked } from '../support/packed.js';
import { readmeBlocks } from '../support/readme.js';
import { fill, KEY, QUIET, SECRET, SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

/** A user that the password file does not name. */
const NOBODY_KNOWN = 12_345;

let prefix: string;
let binary: string;
let stage: Stage;
let own: string;

beforeAll(() => {
  needsRoot('runs the program as another user');
  prefix = installPacked();
  binary = join(prefix, 'bin/exchange-sync');
});
afterAll(() => {
  rmSync(prefix, { recursive: true, force: true });
});
onServer('each', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  own = join(stage.folder, 'own');
  mkdirSync(own, { mode: 0o700 });
  for (const path of [stage.folder, own]) chownSync(path, NOBODY_KNOWN, NOBODY_KNOWN);
});

const asStranger = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  without: readonly string[],
) => stage.run(args, { uid: NOBODY_KNOWN, binary, cwd: own, env, without });

fault('A1', async () => {
  const before = filesOfPackage();
  const env = { HOME: own, EXCHANGE_SYNC_DATA_DIR: join(own, 'data') };
  expect(await asStranger(['sync', ...SINCE], env, [])).toMatchObject({ code: 0, stderr: QUIET });
  const shown = expect.stringContaining('BTC') as unknown;
  expect(await asStranger(['show'], env, [])).toMatchObject({ code: 0, stderr: '', stdout: shown });
  expect(filesOfPackage()).toEqual(before);
});

fault('A2', async () => {
  const embedded = { EXCHANGE_SYNC_DATA_DIR: join(own, 'data') };
  for (const args of [['sync', ...SINCE], ['show']]) {
    expect(await asStranger(args, embedded, ['HOME', 'DATABASE_URL'])).toMatchObject({ code: 0 });
  }
  for (const command of ['sync', 'show', 'export']) {
    const result = await asStranger([command], {}, ['HOME', 'DATABASE_URL', 'EXCHANGE_SYNC_DATA_DIR']);
    expect([command, result]).toEqual([command, expect.objectContaining({ code: 78, stdout: '' })]);
    expect(result.stderr).toMatch(
      /^Error: there is no place for the embedded database.*\n.*Fix: Set EXCHANGE_SYNC_DATA_DIR/,
    );
  }
  const onServer = await asStranger(['sync', ...SINCE], {}, ['HOME', 'EXCHANGE_SYNC_DATA_DIR']);
  expect(onServer).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('this run has no log file') as unknown,
  });
});

fault('A3', async () => {
  const folder = join(own, 'exchange-sync');
  mkdirSync(folder);
  const file = join(folder, '.env');
  writeFileSync(file, `BYBIT_API_KEY=${KEY}\nBYBIT_API_SECRET=${SECRET}\n`, { mode: 0o600 });
  for (const path of [folder, file]) chownSync(path, NOBODY_KNOWN, NOBODY_KNOWN);
  const lines =
    readmeBlocks('README.md', 'Quick start', 'sh').find((block) => block.includes('exchange-sync sync')) ??
    '';
  expect(lines).not.toMatch(/npx|_KEY=/);
  const script = lines.replace('exchange-sync sync', `exchange-sync sync ${SINCE.join(' ')}`);
  const path = [join(prefix, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':');
  const result = await stage.run([script], {
    ...{ node: '/bin/sh', binary: '-c', uid: NOBODY_KNOWN, cwd: own },
    env: { HOME: own, PATH: path, EXCHANGE_SYNC_DATA_DIR: join(own, 'data') },
    without: ['BYBIT_API_KEY', 'BYBIT_API_SECRET'],
  });
  expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('BTC') as unknown });
});

const filesOfPackage = (): string =>
  execFileSync('find', [prefix, '-printf', '%m %u %p\n'], { encoding: 'utf8' });
