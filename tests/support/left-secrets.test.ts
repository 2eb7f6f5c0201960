import { afterAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseLeft, refuseTold, watchedRuns, watchRun } from './left-secrets.js';

const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-left-'));
const log = join(folder, 'deep', 'sync.log');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('what a run was given is found in all that it and later runs of the suite write, by the name of the variable', () => {
  watchRun({ BYBIT_API_KEY: 'canaryKey0', EXCHANGE_SYNC_DATA_DIR: join(folder, 'data') });
  watchRun({ DATABASE_URL: 'postgres://u:canaryUrl0@localhost/x', EXCHANGE_SYNC_LOG_FILE: log });
  expect(watchedRuns()).toBe(2);
  mkdirSync(join(folder, 'deep'));
  writeFileSync(log, Buffer.from('\0\xffcanaryKey\0canaryUrl', 'latin1'));
  writeFileSync(join(folder, 'beside'), 'canaryKey0');
  symlinkSync(join(folder, 'beside'), join(folder, 'data'));
  expect(refuseLeft).not.toThrow();
  writeFileSync(log, Buffer.from('\0\xffcanaryKey0', 'latin1'));
  expect(refuseLeft).toThrow(`the program left secrets: BYBIT_API_KEY in ${log}`);
  writeFileSync(log, 'canaryUrl0');
  expect(() => {
    refuseLeft([folder]);
  }).toThrow(/BYBIT_API_KEY in .*beside, DATABASE_URL in .*sync\.log/);
});

test('what a run says is found too', () => {
  const env = { BYBIT_API_SECRET: 'canarySecret0' };
  expect(() => {
    refuseTold(env, 'all is well');
  }).not.toThrow();
  expect(() => {
    refuseTold(env, 'sign=canarySecret0');
  }).toThrow('the program told BYBIT_API_SECRET');
});
