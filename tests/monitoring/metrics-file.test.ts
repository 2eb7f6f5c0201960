import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIfThere, replaceFile } from '../../src/monitoring/metrics-file.js';

/** As every file of ours begins. */
const text = (content: string) => `# HELP exchange_sync_value ${content}\n`;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-metrics-'));
  path = join(folder, 'exchange_sync.prom');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('is replaced by another file, never written into: whoever reads sees the old one whole', () => {
  replaceFile(path, text('old'));
  const old = statSync(path).ino;
  replaceFile(path, text('new'));
  expect(readIfThere(path)).toBe(text('new'));
  expect(statSync(path).ino).not.toBe(old);
  expect(readdirSync(folder)).toEqual(['exchange_sync.prom']);
});

test.each([['077'], ['000']])('can be read by node_exporter and written by no other at umask %s', (mask) => {
  const umask = process.umask(Number.parseInt(mask, 8));
  try {
    replaceFile(path, text('text'));
  } finally {
    process.umask(umask);
  }
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test('that somebody has made narrower stays so', () => {
  replaceFile(path, text('old'));
  chmodSync(path, 0o640);
  replaceFile(path, text('new'));
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('takes over from a process of the same number that died while it wrote', () => {
  writeFileSync(`${path}.${process.pid}.tmp`, 'half');
  replaceFile(path, text('whole'));
  expect(readdirSync(folder)).toEqual(['exchange_sync.prom']);
  expect(readIfThere(path)).toBe(text('whole'));
});

test('does not follow a link that somebody left in the place of the file aside', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'mine');
  symlinkSync(victim, `${path}.${process.pid}.tmp`);
  replaceFile(path, text('text'));
  expect(readFileSync(victim, 'utf8')).toBe('mine');
});

test('where there is a folder, a link or a device nothing is replaced, and the reason says so', () => {
  const link = join(folder, 'link.prom');
  symlinkSync('/dev/null', link);
  mkdirSync(path);
  for (const other of [path, link, '/dev/null']) {
    expect(() => {
      replaceFile(other, text('text'));
    }).toThrow(`${other} is not a regular file`);
    expect(readIfThere(other)).toBe('');
  }
  expect(readdirSync(folder).sort()).toEqual(['exchange_sync.prom', 'link.prom']);
});

test('a folder that is not there is not made: the reason names it, and no file aside stays', () => {
  expect(() => {
    replaceFile(join(folder, 'none', 'x.prom'), text('text'));
  }).toThrow(/ENOENT.*none/);
  expect(readdirSync(folder)).toEqual([]);
  expect(readIfThere(path)).toBe('');
});

test('that is another file is not replaced: its content would be lost', () => {
  writeFileSync(path, 'alias ls=ls\n');
  expect(() => {
    replaceFile(path, text('new'));
  }).toThrow(`${path} is not a metrics file of exchange-sync`);
  expect(readIfThere(path)).toBe('alias ls=ls\n');
});
