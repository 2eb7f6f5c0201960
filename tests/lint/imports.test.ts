import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from '../support/cli.js';

/** A room may import those before it; rooms of one line never see each other. */
const LEVELS = [
  ['models'],
  ['accounting', 'config', 'database', 'monitoring'],
  ['client', 'repository', 'render'],
  ['service'],
  ['cli'],
];
const ROOMS = LEVELS.flat();
const levelOf = (room: string) => LEVELS.findIndex((rooms) => rooms.includes(room));

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let folder: string;
let violations: readonly Violation[];

/** Every room imports every other room, and two files import types of each other. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ROOMS.map((room) => [`src/${room}/one.ts`, 'export const one = 1;\n'])),
  ...Object.fromEntries(
    ROOMS.flatMap((room) =>
      ROOMS.filter((other) => other !== room).map((other) => [
        `src/${room}/imports-${other}.ts`,
        `import type { one } from '../${other}/one.js';\nexport type Imported = typeof one;\n`,
      ]),
    ),
  ),
  'src/errors.ts': "export { one } from './models/one.js';\n",
  'src/models/a.ts': "import type { B } from './b.js';\nexport interface A { readonly b: B }\n",
  'src/models/b.ts': "import type { A } from './a.js';\nexport interface B { readonly a?: A }\n",
  'src/service/ccxt.ts': "import 'ccxt/js/src/bybit.js';\n",
  'src/client/ccxt.ts': "import 'ccxt/js/src/bybit.js';\n",
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }\n',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const cruiser = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, '--config', join(PROJECT, '.dependency-cruiser.js'), '--output-type', 'json', 'src'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  ({ violations } = (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const rulesBrokenBy = (file: string) =>
  violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

describe('the linter refuses an upward import, of a type too', () => {
  test.each(
    ROOMS.flatMap((room) =>
      ROOMS.filter((other) => other !== room && levelOf(other) >= levelOf(room)).map(
        (other) => [room, other] as const,
      ),
    ),
  )('of %s from %s', (room, other) => {
    expect(rulesBrokenBy(`src/${room}/imports-${other}.ts`)).toEqual([`${room}-imports-downward`]);
  });

  test('of a file that every room may import', () => {
    expect(rulesBrokenBy('src/errors.ts')).toEqual(['leaves-import-no-room']);
  });
});

test('the linter takes what points downward', () => {
  const downward = [
    'src/service/imports-client.ts',
    'src/render/imports-accounting.ts',
    'src/cli/imports-service.ts',
  ];
  expect(downward.flatMap(rulesBrokenBy)).toEqual([]);
});

test('the linter refuses a cycle of types', () => {
  expect(rulesBrokenBy('src/models/a.ts')).toEqual(['no-cycles']);
});

test('the linter refuses ccxt outside of client', () => {
  expect(rulesBrokenBy('src/service/ccxt.ts')).toEqual(['only-client-imports-ccxt']);
  expect(rulesBrokenBy('src/client/ccxt.ts')).toEqual([]);
});
