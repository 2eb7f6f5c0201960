import { execFileSync } from 'node:child_process';
import { BINARY } from '../support/cli.js';

/** What the built program prints where no terminal says how wide it is. */
export const helpOf = (args: readonly string[]): string =>
  execFileSync(process.execPath, [BINARY, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
