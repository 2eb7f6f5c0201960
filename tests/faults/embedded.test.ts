import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mountSmallDisk } from '../support/small-disk.js';
import { type Changes, fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';
import { fault } from './fault.js';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
});
afterEach(async () => {
  await stage.end();
});

/** The program's environment with its data in this folder of the stage. */
const within = (name: string) => ({ env: { EXCHANGE_SYNC_DATA_DIR: join(stage.folder, name) } });

test.each([[['sync']], [['show']], [['show', '--history', '7d']]])(
  'a data directory that cannot be looked into is no empty one: %j ends with 74 and says where',
  async (args) => {
    writeFileSync(join(stage.folder, 'file'), '');
    const result = await stage.run(args, within('file'));
    expect(result).toMatchObject({ code: 74, stdout: '' });
    expect(result.stderr).toContain(`${join(stage.folder, 'file', 'database')} cannot be read: ENOTDIR`);
    expect(result.stderr).toContain('Fix: ');
    expect(result.stderr).toContain('Exit code 74.');
  },
);

test('check finds it CRITICAL and goes on with the other checks', async () => {
  writeFileSync(join(stage.folder, 'file'), '');
  const result = await stage.run(['check', '--verbose'], within('file'));
  expect(result).toMatchObject({ code: 2, stdout: expect.stringContaining('cannot be read') as unknown });
  expect(result.stdout).toContain('bybit answers');
});

test('an empty directory is no database: show says so and makes none', async () => {
  mkdirSync(join(stage.folder, 'empty', 'database'), { recursive: true });
  expect(await stage.run(['show'], within('empty'))).toMatchObject({ code: 66 });
  expect(existsSync(join(stage.folder, 'empty', 'database', 'pgdata'))).toBe(false);
});

fault(43, async () => {
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  stage.simulator.faults.add({ kind: 'stall', path: '/v5/account/wallet-balance' });
  stage.simulator.requests.length = 0;
  const { child, ended } = stage.start(['sync']);
  await until(() => Promise.resolve(stage.simulator.requests[0]));
  for (const command of ['sync', 'show']) {
    const { code, stderr } = await stage.run([command]);
    expect(code).toBe(75);
    expect(stderr).toContain(`is in use by process ${child.pid ?? 0}\n`);
  }
  child.kill('SIGKILL');
  await ended;
  // The lock dies with its process.
  expect((await stage.run(['show'])).code).toBe(0);
});

fault(
  44,
  async () => {
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    const disk = mountSmallDisk(256);
    const copies = { damaged: 'global/pg_control', other: 'PG_VERSION' };
    for (const [name, file] of Object.entries(copies)) {
      cpSync(join(stage.folder, 'data'), join(stage.folder, name), { recursive: true });
      writeFileSync(join(stage.folder, name, 'database', 'pgdata', file), '15\n');
    }
    cpSync(join(stage.folder, 'data'), disk.folder, { recursive: true });
    disk.seal();
    const sealed = { env: { EXCHANGE_SYNC_DATA_DIR: disk.folder } };
    try {
      for (const command of ['sync', 'show']) {
        const ended = async (changes: Changes, code: number, said: RegExp) => {
          const result = await stage.run([command], changes);
          expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(said) as unknown });
        };
        const aside =
          'move it aside \\(mv \\S+/database/pgdata \\S+/database/pgdata\\.broken\\) and sync again';
        await ended(within('damaged'), 74, new RegExp(`does not open.*Fix: .*${aside}`, 's'));
        await ended(
          within('other'),
          78,
          new RegExp(`has PostgreSQL version 15, and this program requires 18.*Fix: .*${aside}`, 's'),
        );
        await ended(sealed, 74, /cannot be written: EROFS.*Fix: .*EXCHANGE_SYNC_DATA_DIR/s);
      }
    } finally {
      disk.remove();
    }
    expect((await stage.run(['show'])).code).toBe(0);
  },
  300_000,
);

test('a log that cannot be written is a warning; the sync is whole', async () => {
  writeFileSync(join(stage.folder, 'file'), '');
  const env = { EXCHANGE_SYNC_LOG_FILE: join(stage.folder, 'file', 'sync.log') };
  const result = await stage.run(['sync', ...SINCE], { env });
  expect(result.code).toBe(0);
  expect(result.stderr).toContain('Warning: this run has no log file: EEXIST');
  expect(result.stderr).not.toContain('winston');
  expect((await stage.show()).holdings).not.toHaveLength(0);
});
