import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from './cli.js';

const SUPPORT = join(PROJECT, 'dist/tests/support/postgres.js');

test('a program that has used a server ends with the status that it has set, or no campaign could fail', () => {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(SUPPORT)});
    await (await startPostgres()).stop();
    process.exitCode = 3;`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 3, stderr: '' });
}, 60_000);
