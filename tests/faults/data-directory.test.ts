import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';

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
  const result = await stage.run(['check'], within('file'));
  expect(result).toMatchObject({ code: 2, stdout: expect.stringContaining('cannot be read') as unknown });
  expect(result.stdout).toContain('bybit answers');
});

test('an empty directory is no database: show says so and makes none', async () => {
  mkdirSync(join(stage.folder, 'empty', 'database'), { recursive: true });
  expect(await stage.run(['show'], within('empty'))).toMatchObject({ code: 66 });
  expect(existsSync(join(stage.folder, 'empty', 'database', 'pgdata'))).toBe(false);
});

test('a damaged embedded database is left as it is, with the way out, 74', async () => {
  await stage.run(['sync', ...SINCE]);
  cpSync(join(stage.folder, 'data'), join(stage.folder, 'damaged'), { recursive: true });
  writeFileSync(join(stage.folder, 'damaged', 'database', 'pgdata', 'global', 'pg_control'), 'garbage');
  const result = await stage.run(['show'], within('damaged'));
  expect(result).toMatchObject({ code: 74, stdout: '' });
  expect(result.stderr).toContain('does not open');
  expect(result.stderr).toContain('damaged/database.broken');
});

test('a log that cannot be written is a warning; the sync is whole', async () => {
  writeFileSync(join(stage.folder, 'file'), '');
  const env = { EXCHANGE_SYNC_LOG_FILE: join(stage.folder, 'file', 'sync.log') };
  const result = await stage.run(['sync', ...SINCE], { env });
  expect(result.code).toBe(0);
  expect(result.stderr).toContain('Warning: this run has no log file: EEXIST');
  expect(result.stderr).not.toContain('winston');
  expect((await stage.show()).holdings).not.toHaveLength(0);
});
