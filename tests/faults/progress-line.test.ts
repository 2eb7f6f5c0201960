import { expect, test } from '@jest/globals';
import { inTerminal } from '../support/in-terminal.js';
import { needsPackage } from '../support/needs.js';
import { onServer } from '../support/on-server.js';
import { QUIET, fill, type Stage } from '../support/stage.js';

const CLEAR = '\u001b[K';
const LINE = /^Reading history: (\d+) of (\d+) periods?, \d+ trades? found/;
/** Some 50 requests. */
const SYNC = ['sync', '--since', new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10)];
const SLOW = { kind: 'delay', ms: 60, times: Infinity } as const;

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  stage.simulator.faults.add(SLOW);
});

needsPackage('bsdutils', 'script');

test('a long backfill tells on a terminal how far it is, and leaves no trace of it', async () => {
  const shown = await inTerminal(stage, SYNC);
  const lines = shown.split(CLEAR).flatMap((text) => {
    const [, read, planned] = LINE.exec(text) ?? [];
    return read === undefined ? [] : [[Number(read), Number(planned)] as const];
  });
  expect(lines.length).toBeGreaterThan(3);
  const reads = lines.map(([read]) => read);
  expect(reads).toEqual(reads.toSorted((a, b) => a - b));
  expect(lines.every(([read, planned]) => read <= planned)).toBe(true);
  expect(shown).toMatch(/(second|minute)s? left/);
  const last = shown.split(CLEAR).at(-1);
  expect(last).toContain('bybit');
  expect(last).not.toContain('Reading history');
});

test.each([
  [[...SYNC, '--quiet'], {}],
  [SYNC, { TERM: 'dumb' }],
])('%j with %j tells nothing', async (args, env) => {
  expect(await inTerminal(stage, args, env)).not.toContain('Reading history');
});

test('off a terminal nothing is told either', async () => {
  expect(await stage.run(SYNC)).toMatchObject({ code: 0, stdout: '', stderr: QUIET });
});
