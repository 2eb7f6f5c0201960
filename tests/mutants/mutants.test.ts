import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROWS, titleOf } from '../faults/matrix.js';
import { applied } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { readSuite, rowTest } from './row-test.js';
import { trialOf } from './trial.js';

describe('the table of mutants', () => {
  test('breaks every row of the matrix', () => {
    const broken = new Set(MUTANTS.map(({ row }) => row));
    expect(ROWS.map(([row]) => row).filter((row) => !broken.has(row))).toEqual([]);
  });

  test('fits the sources: each text to break is there once, and becomes another', () => {
    const stale = MUTANTS.flatMap(({ row, edits }) =>
      edits.flatMap((edit) => {
        const text = readFileSync(join('src', edit.file), 'utf8');
        try {
          return applied(edit, text) === text ? [`row ${row} breaks nothing in ${edit.file}`] : [];
        } catch (error) {
          return [`row ${row}: ${String(error)}`];
        }
      }),
    );
    expect(stale).toEqual([]);
  });

  test('finds the test of every row, from its call to its end', () => {
    const suite = readSuite('.');
    for (const [row] of ROWS) {
      const { path, firstLine, lastLine } = rowTest(row, suite);
      const lines = (suite.get(path) ?? '').split('\n').slice(firstLine - 1, lastLine);
      expect({ row, first: lines.join(' ') }).toMatchObject({
        first: expect.stringMatching(new RegExp(`^ *fault\\(\\s*${row}, .*\\);$`)) as unknown,
      });
      expect({ row, calls: lines.filter((line) => /^\s*fault\($|^\s*fault\(\d/.test(line)).length }).toEqual({
        row,
        calls: 1,
      });
    }
  });
});

describe('a mutant', () => {
  const place = { path: 'tests/faults/x.test.ts', firstLine: 10, lastLine: 20 };
  const ran = (status: string, ...failureMessages: string[]) =>
    trialOf(
      { testResults: [{ message: '', assertionResults: [{ title: titleOf(1), status, failureMessages }] }] },
      1,
      place,
    ).outcome;

  test.each([
    ['is killed by an assertion of the test', 'failed', 'at Object.f (/tmp/a/tests/faults/x.test.ts:12:5)'],
    ['is killed where the test does not end', 'failed', 'thrown: "Exceeded timeout of 60000 ms for a test.'],
  ])('%s', (_title, status, message) => {
    expect(ran(status, message)).toBe('failed');
  });

  test('survives where the test holds', () => {
    expect(ran('passed')).toBe('passed');
  });

  test.each([
    ['before the test', 'failed', 'at Object.f (/tmp/a/tests/faults/x.test.ts:9:5)'],
    ['elsewhere', 'failed', 'at Object.f (/tmp/a/tests/support/synced.ts:12:5)'],
    ['in a hook that does not end', 'failed', 'thrown: "Exceeded timeout of 60000 ms for a hook.'],
    ['so early that the test is not run', 'pending', ''],
  ])('that fails %s is an error, and no kill', (_title, status, message) => {
    expect(ran(status, message)).toBe('error');
  });

  test('of which no test ran is an error', () => {
    const nothing = { testResults: [{ message: 'Cannot find module', assertionResults: [] }] };
    expect(trialOf(nothing, 1, place)).toEqual({ outcome: 'error', reason: 'Cannot find module' });
  });
});
