import { beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBJECTS } from '../../src/models/check.js';
import { SHELLS } from '../../src/cli/completion-scripts.js';
import { SUPPORTED_EXCHANGES } from '../../src/models/exchanges.js';
import { helpOf } from '../docs/help-of.js';
import { type Completer, completerOf, isInstalled, newFolder, printedBy } from '../support/shells.js';

/** What `--help` says there is; independent of the scripts. */
const commands = [...(helpOf(['--help']).split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+) /gm)].map(
  ([, name = '']) => name,
);
const flagsOf = (command: string) =>
  [...helpOf([command, '--help']).matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
const programs = commands.filter((command) => command !== 'help');
const installed = SHELLS.filter(isInstalled);

test('bash is here, and the others are tested where they are', () => {
  expect(installed).toContain('bash');
});

describe.each(installed)('in %s', (shell) => {
  let complete: Completer;

  beforeAll(() => {
    const folder = newFolder();
    writeFileSync(join(folder, 'node exporter.prom'), '');
    complete = completerOf(shell, printedBy(shell), folder);
  });

  const offered = (line: string) => [...complete(`exchange-sync ${line}`)].sort();
  const sorted = (words: readonly string[]) => [...words].sort();

  test('the commands are those of --help', () => {
    expect(commands).toEqual(expect.arrayContaining(['sync', 'show', 'check', 'completion', 'help']));
    expect(offered('')).toEqual(sorted(commands));
    expect(offered('s')).toEqual(['show', 'sync']);
    expect(offered('help sy')).toEqual(['sync']);
  });

  test.each(programs)('the options of %s are those of its --help', (command) => {
    expect(flagsOf(command)).toContain('--help');
    expect(offered(`${command} --`)).toEqual(sorted(flagsOf(command)));
  });

  test.each<[string, readonly string[]]>([
    ['sync -e ', SUPPORTED_EXCHANGES],
    ['sync --dry-run --exchange by', ['bybit']],
    ['show --format ', ['table', 'json', 'csv', 'markdown', 'html']],
    ['show --format=j', ['json']],
    ['show --sort value -f c', ['csv']],
    ['show --period ', ['today', '7d', '30d', 'ytd', 'year', 'all']],
    ['check --only ', SUBJECTS],
    ['check --offline --skip tl', ['tls']],
    ['completion ', SHELLS],
  ])('%j is completed', (line, words) => {
    expect(offered(line)).toEqual(sorted(words));
  });

  test('a path is one of a file, with its spaces', () => {
    expect(offered('sync --metrics-file ').map((path) => path.replaceAll('\\', ''))).toEqual([
      'node exporter.prom',
    ]);
  });

  test.each(['sync --since ', 'check --max-age ', 'show --min-value '])('%j: nobody can know', (line) => {
    expect(offered(line)).toEqual([]);
  });
});
