import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CompletedOption, SHELLS } from '../../src/models/completion.js';
import { renderCompletion } from '../../src/render/completion.js';
import { completerOf, isInstalled, newFolder } from '../support/shells.js';

/** Everything that means something to one of the shells. */
const ODD = `it's [a] "b": \\ $(touch ran) \`touch ran\` %s {c,d} * ; (e)`;

const option = (long: string, more: Partial<CompletedOption> = {}): CompletedOption => ({
  short: undefined,
  long,
  description: ODD,
  value: { kind: 'none' },
  repeatable: false,
  ...more,
});

const PROGRAM = {
  name: 'exchange-sync',
  description: ODD,
  options: [option('--help', { short: '-h' })],
  words: [],
  commands: [
    {
      name: 'run',
      description: ODD,
      options: [
        option('--free', { value: { kind: 'free' } }),
        option('--one', { short: '-o', value: { kind: 'words', words: ['a', 'b-c'] } }),
      ],
      words: [],
    },
  ],
};

test.each(SHELLS.filter(isInstalled))('no description is run or breaks the script, in %s', (shell) => {
  const folder = newFolder();
  const complete = completerOf(shell, renderCompletion(shell, PROGRAM), folder);
  expect(complete('exchange-sync ')).toEqual(['run']);
  expect([...complete('exchange-sync run --')].sort()).toEqual(['--free', '--one']);
  expect(complete('exchange-sync run -o b')).toEqual(['b-c']);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});
