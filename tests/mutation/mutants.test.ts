import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NAMES } from '../chaos/invariants/all.js';
import { ROWS, titleOf } from '../faults/matrix.js';
import { CAMPAIGNS } from './breaks/campaigns.js';
import { campaignTrialOf } from './campaign-trial.js';
import { applied } from './mutant.js';
import { MUTANTS, WITHOUT_DEFENCE } from './mutants.js';
import { readSuite, rowTest } from './row-test.js';
import { trialOf } from './trial.js';

describe('the table of mutants', () => {
  test('breaks every row of the matrix that has a defence in the sources', () => {
    const broken = new Set(MUTANTS.map(({ row }) => row));
    const whole = ROWS.map(([row]) => row).filter((row) => !broken.has(row));
    expect(whole).toEqual(Object.keys(WITHOUT_DEFENCE));
  });

  test('breaks every invariant of the campaigns', () => {
    const broken = new Set(CAMPAIGNS.map(({ invariant }) => invariant));
    expect(NAMES.filter((name) => !broken.has(name))).toEqual([]);
  });

  test('fits the sources: each text to break is there once, and becomes another', () => {
    const stale = [...MUTANTS, ...CAMPAIGNS].flatMap(({ lacks, edits }) =>
      edits.flatMap((edit) => {
        const text = readFileSync(join('src', edit.file), 'utf8');
        try {
          return applied(edit, text) === text ? [`without ${lacks}: breaks nothing in ${edit.file}`] : [];
        } catch (error) {
          return [`without ${lacks}: ${String(error)}`];
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
        first: expect.stringMatching(new RegExp(`^ *fault\\(\\s*'?${row}'?, .*\\);$`)) as unknown,
      });
      expect({
        row,
        calls: lines.filter((line) => /^\s*fault\($|^\s*fault\(['\d]/.test(line)).length,
      }).toEqual({
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

describe('a mutant of the campaigns', () => {
  const OWN = 'leases are free or end';
  const outcome = (stdout: string) => campaignTrialOf(stdout, '', OWN).outcome;

  test.each([
    [
      'is killed by a round that is wrong by its invariant',
      `7 round 2: WRONG, 9 ms\n  ${OWN}: the lease x`,
      'failed',
    ],
    ['survives rounds of which none is wrong', '61 rounds, 0 wrong, 900 ms at the median', 'passed'],
    [
      'that only another invariant notices is an error',
      '7 round 2: WRONG\n  the books: x\n2 rounds, 1 wrong',
      'error',
    ],
    ['is an error where the campaign does not come to its end', '7 round 1: ok, 9 ms', 'error'],
  ])('%s', (_title, stdout, expected) => {
    expect(outcome(stdout)).toBe(expected);
  });
});
