import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../src/logger.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-logger-'));
  file = join(folder, 'sync.log');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = () =>
  createLogger({
    settings: { level: 'info', file, explicit: false },
    redact: (text) => text,
    fields: {},
    terminal: false,
    stderr: process.stderr,
  });

test('a link that is put in the place of the log after it was looked at is not followed', async () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'mine');
  const { log, unwritable, close } = await open();
  expect(unwritable).toBeUndefined();
  // The file is opened once more to be written to.
  renameSync(file, `${file}.first`);
  symlinkSync(victim, file);
  log('error', 'something failed');
  await close();
  expect(readFileSync(victim, 'utf8')).toBe('mine');
});

test('links of our own lead to the log, one to another and to what is not there yet', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync('next', file);
  symlinkSync(join('elsewhere', 'real.log'), join(folder, 'next'));
  const { log, unwritable, close } = await open();
  log('error', 'something failed');
  await close();
  expect(unwritable).toBeUndefined();
  expect(readFileSync(join(elsewhere, 'real.log'), 'utf8')).toContain('something failed');
});

test('a link that leads to itself is no log, and nothing fails by it', async () => {
  symlinkSync('sync.log', file);
  const { log, unwritable, close } = await open();
  log('error', 'something failed');
  await close();
  expect(unwritable).toContain('is a link that leads to no file');
  expect(existsSync(file)).toBe(false);
});
