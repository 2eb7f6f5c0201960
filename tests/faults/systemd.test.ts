import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsPackage } from '../support/needs.js';

/** systemd's own scale: below 2 it calls a service OK, above 9 UNSAFE; in tenths, as --threshold wants it. */
const EXPOSURE_LIMIT = 15;

let folder: string;

beforeAll(() => {
  needsPackage('systemd', 'systemd-analyze');
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-systemd-'));
  const service = readFileSync('src/deploy/exchange-sync.service', 'utf8');
  writeFileSync(join(folder, 'exchange-sync.service'), service.replace('/usr/bin/node', process.execPath));
  copyFileSync('src/deploy/exchange-sync.timer', join(folder, 'exchange-sync.timer'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function analyze(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8', cwd: folder });
  return { status, said: stdout + stderr };
}

test('systemd finds nothing to say of the service and the timer', () => {
  expect(analyze('verify', './exchange-sync.service', './exchange-sync.timer')).toEqual({
    status: 0,
    said: '',
  });
});

test('a misspelt setting would be found', () => {
  writeFileSync(join(folder, 'odd.service'), '[Service]\nExecStart=/bin/true\nProtectSistem=strict\n');
  expect(analyze('verify', './odd.service').said).toContain('ProtectSistem');
});

test('systemd calls the service hardly exposed', () => {
  const limit = `--threshold=${EXPOSURE_LIMIT}`;
  const judged = analyze('security', '--offline=true', '--no-pager', limit, './exchange-sync.service');
  expect(judged).toMatchObject({ status: 0, said: expect.stringMatching(/exposure level .* OK/) as unknown });
});
