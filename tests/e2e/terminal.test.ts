import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const ESCAPE = '\u001b[';

let stage: Stage;

onServer('all', async (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

test.each<[env: Record<string, string>, coloured: boolean]>([
  [{}, false],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [{ NO_COLOR: '', FORCE_COLOR: '1' }, true],
])('with %j show is coloured: %s', async (env, coloured) => {
  const { stdout } = await stage.run(['show'], { env });
  expect(stdout.includes(ESCAPE)).toBe(coloured);
});

test.each([[['show', '--history', '7d']], [['check', '--offline']]])('%j follows too', async (args) => {
  expect((await stage.run(args)).stdout).not.toContain(ESCAPE);
  expect((await stage.run(args, { env: { FORCE_COLOR: '1' } })).stdout).toContain(ESCAPE);
});

test('an error is coloured by the same rules', async () => {
  const args = ['show', '-e', 'bybit/sub1'];
  expect((await stage.run(args)).stderr).not.toContain(ESCAPE);
  expect((await stage.run(args, { env: { FORCE_COLOR: '1' } })).stderr).toContain(ESCAPE);
});

test.each([
  ['40', 40],
  ['wide', 100],
])('COLUMNS=%s fits show into %i columns', async (columns, width) => {
  const { stdout } = await stage.run(['show'], { env: { COLUMNS: columns } });
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
  expect(stdout).toContain('Total');
});

test('check fits into 40 columns too, but for the line that monitoring reads', async () => {
  const { stdout } = await stage.run(['check', '--offline'], { env: { COLUMNS: '40' } });
  const [first = '', ...checks] = stdout.trimEnd().split('\n');
  expect(first).toMatch(/^(OK|WARNING): .* \| /);
  // A path is a word of its own, which is never broken.
  const wrapped = checks.filter((line) => !line.includes(stage.folder));
  expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(40);
});
