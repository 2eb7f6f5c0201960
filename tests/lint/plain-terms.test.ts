import { expect, test } from '@jest/globals';
import { ESLint, Linter } from 'eslint';

const RULES = ['local/plain-terms', 'id-denylist', 'no-restricted-syntax'];
const project = new ESLint({ overrideConfigFile: 'eslint.config.js' });
const linter = new Linter();

/** What the project's rules of language find in a line of this file. */
async function found(line: string, file = 'src/cli/main.ts'): Promise<readonly string[]> {
  const { plugins, rules } = (await project.calculateConfigForFile(file)) as Linter.Config;
  const applied = Object.fromEntries(RULES.map((rule) => [rule, rules?.[rule] ?? 'off']));
  const config = { ...(plugins ? { plugins } : {}), rules: applied };
  return linter.verify(line, config).map(({ message }) => message);
}

test.each([
  ['// The account is in step.', '"in step": write up to date.'],
  ['/** What the exchange told. */', '"told": write report, return, list.'],
  ["fail('Mend DB_NAME');", '"Mend": write fix, correct.'],
  ['fail(`${count} are left out`);', '"left out": write excluded.'],
  ['const parcel = 1;', "Identifier 'parcel' is restricted."],
  ["const row = { name: 'parcels' };", '"parcels": write lots.'],
  ['const LONGEST_WAIT_MS = 1;', 'Limits are named MAX_ or MIN_, with their unit.'],
  ['const EARLIEST_MS = 1;', 'Limits are named MAX_ or MIN_, with their unit.'],
])('the linter refuses %s', async (line, message) => {
  expect(await found(line)).toEqual([message]);
});

test.each([
  '// The account is up to date.',
  "fail('Correct DB_NAME');",
  '// The untold, the commend.',
  "const row = { ['parcels']: lots };",
  'const MAX_WAIT_MS = 1;',
])('the linter takes %s', async (line) => {
  expect(await found(line)).toEqual([]);
});

test('the rules apply to every room, but not to migrations, which never change', async () => {
  const rooms =
    'accounting cli client/binance config database models monitoring render repository service/checks';
  for (const file of [...rooms.split(' ').map((room) => `src/${room}/x.ts`), 'src/logger.ts'])
    expect(await found('// Nobody.', file)).toEqual([
      '"Nobody": write the role, user or program that is meant.',
    ]);
  expect(await found('// Nobody.', 'src/database/migrations/001-x.ts')).toEqual([]);
});
