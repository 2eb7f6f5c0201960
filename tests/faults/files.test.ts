import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  chownSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { needsRoot } from '../support/needs.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';

/** `nobody`, who has no say here. */
const STRANGER = 65_534;

let stage: Stage;
let data: string;

beforeEach(async () => {
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
  data = join(stage.folder, 'data');
});
afterEach(async () => {
  await stage.end();
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test.each([['000'], ['077']])(
  'at umask %s all that is written is for its owner alone, but for the metrics',
  async (mask) => {
    const metrics = join(stage.folder, 'exchange_sync.prom');
    const umask = process.umask(Number.parseInt(mask, 8));
    const running = stage.start(['sync', ...SINCE, '--metrics-file', metrics]);
    process.umask(umask);
    expect(await running.ended).toMatchObject({ code: 0 });
    const found = readdirSync(data, { recursive: true, withFileTypes: true });
    const paths = found.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
    const folders = paths.filter(({ entry }) => entry.isDirectory()).map(({ path }) => path);
    expect(folders.length).toBeGreaterThan(10);
    expect([data, ...folders].filter((path) => modeOf(path) !== 0o700)).toEqual([]);
    // PGlite sets the modes of its own files, whatever the umask: their folders keep others out.
    const ours = paths.filter(({ entry, path }) => entry.isFile() && !path.includes('pgdata'));
    expect(ours.map(({ entry, path }) => [entry.name, modeOf(path)]).sort()).toEqual([
      ['exchange_sync.log', 0o600],
      ['lock', 0o600],
    ]);
    expect(modeOf(metrics)).toBe(0o644);
  },
);

test('a data directory of another user, or behind a link that another user made, is not written to: 78', async () => {
  needsRoot('gives files to another user');
  const theirs = join(stage.folder, 'theirs');
  mkdirSync(join(theirs, 'database'), { recursive: true });
  chownSync(join(theirs, 'database'), STRANGER, STRANGER);
  const linked = join(stage.folder, 'linked');
  const target = join(stage.folder, 'target');
  mkdirSync(linked);
  mkdirSync(target, { mode: 0o755 });
  symlinkSync(target, join(linked, 'database'));
  lchownSync(join(linked, 'database'), STRANGER, STRANGER);
  for (const [folder, why] of [
    [theirs, 'belongs to another user (65534)'],
    [linked, 'is a link that another user (65534) made'],
  ] as const) {
    const result = await stage.run(['sync', ...SINCE], { env: { EXCHANGE_SYNC_DATA_DIR: folder } });
    expect(result).toMatchObject({ code: 78, stderr: expect.stringContaining(why) as unknown });
    expect(result.stderr).toContain('Fix: Run as the user who synced');
  }
  expect(readdirSync(target)).toEqual([]);
  expect(modeOf(target)).toBe(0o755);
});

test('a data directory behind a link of our own is used: many keep it on another disk', async () => {
  const elsewhere = join(stage.folder, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, data);
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  expect(readdirSync(elsewhere)).toContain('database');
});

test('a log is not written through a link that another user made: 78', async () => {
  needsRoot('gives files to another user');
  const victim = join(stage.folder, 'victim');
  writeFileSync(victim, '');
  const log = join(stage.folder, 'sync.log');
  symlinkSync(victim, log);
  lchownSync(log, STRANGER, STRANGER);
  const env = { EXCHANGE_SYNC_LOG_FILE: log };
  const result = await stage.run(['sync', ...SINCE], { env });
  expect(result).toMatchObject({ code: 78 });
  expect(result.stderr).toContain(
    `the log cannot be written: ${log} is a link that another user (65534) made`,
  );
  expect(readFileSync(victim, 'utf8')).toBe('');
  // The same link, made by ourselves.
  renameSync(log, `${log}.planted`);
  symlinkSync(victim, log);
  const refused = { env: { ...env, BYBIT_API_KEY: 'canaryUnknown000' } };
  expect(await stage.run(['sync'], refused)).toMatchObject({ code: 77 });
  expect(readFileSync(victim, 'utf8')).toContain('"level":"error"');
});
