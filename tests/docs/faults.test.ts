import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { type FaultId, ROWS, titleOf } from '../faults/matrix.js';
import { withFaultTable } from '../faults/table.js';
import { provenBy } from '../faults/table-reporter.js';

const README = readFileSync('tests/README.md', 'utf8');
const SUITE = /^(faults\/|e2e\/.*-faults)/;

/** Every row that a test of the suite is written for, with its file. */
function writtenRows(): readonly (readonly [FaultId, string])[] {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  return files.flatMap((name) => {
    const rows = readFileSync(`tests/${name}`, 'utf8').matchAll(/^\s*fault\(\s*(\d+|'[A-Z]\d+'),/gm);
    return [...rows].map(([, id = '']): [FaultId, string] => [
      (id.startsWith("'") ? id.slice(1, -1) : Number.parseInt(id, 10)) as FaultId,
      name,
    ]);
  });
}

test('every row of the matrix has one test, in a file that npm run test:faults runs', () => {
  const rows = writtenRows();
  const ids = ROWS.map(([id]) => id);
  expect(ids.slice(0, 49)).toEqual(Array.from({ length: 49 }, (_, index) => index + 1));
  expect(rows.map(([id]) => String(id)).sort()).toEqual(ids.map(String).sort());
  expect(rows.filter(([, name]) => !SUITE.test(name))).toEqual([]);
});

test('tests/README.md shows every row as tested; npm run test:faults rewrites the table', async () => {
  const proven = new Map(writtenRows().map(([number, name]) => [number, `tests/${name}`]));
  expect(README).toBe(await withFaultTable(README, proven));
});

test.each(['failed', 'pending', 'todo'])('a row whose test is %s is not shown as tested', async (status) => {
  const ran = [1, 2, 3].map((number) => ({
    title: titleOf(number as FaultId),
    status: number === 2 ? status : 'passed',
  }));
  const proven = provenBy({
    testResults: [{ testFilePath: `${process.cwd()}/tests/x.test.ts`, testResults: ran }],
  });
  expect([...proven]).toEqual([
    [1, 'tests/x.test.ts'],
    [3, 'tests/x.test.ts'],
  ]);
  const shown = await withFaultTable(README, proven);
  expect(shown).toMatch(/^\| 2 .*\| \*\*no\*\* +\|$/m);
  expect(shown).toMatch(/^\| 3 .*\| \[x\]\(x\.test\.ts\) +\|$/m);
});
