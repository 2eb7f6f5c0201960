import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeVector } from './judge-vector.js';
import { readVectors } from './vector-file.js';

const FILE = join(import.meta.dirname, '../fixtures/vectors.json');
const RUNNER = join(import.meta.dirname, '../../dist/tests/vectors/main.js');

describe('published figures come out to every digit', () => {
  test.each(readVectors(FILE))('$id', (vector) => {
    const figures = judgeVector(vector);
    expect(figures.filter(({ passed }) => !passed)).toEqual([]);
    expect(figures).not.toHaveLength(0);
  });
});

interface Document {
  readonly vectors: {
    readonly id: string;
    readonly expected: { readonly steps?: Record<string, unknown>[] };
  }[];
}

const published = (): Document => JSON.parse(readFileSync(FILE, 'utf8')) as Document;

/** The built runner over a file with this text. */
function run(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  const file = join(folder, 'vectors.json');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUNNER, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { status, stdout, stderr };
}

describe('npm run vectors', () => {
  test('every published case passes with exit code 0', () => {
    const { status, stdout } = run(JSON.stringify(published()));
    expect(stdout).toMatch(/^30 of 30 cases pass$/m);
    expect(status).toBe(0);
  });

  test('a changed figure fails with what was expected, what came out, and exit code 1', () => {
    const document = published();
    const step = document.vectors.find(({ id }) => id === 'hmrc-crypto22251')?.expected.steps?.[2];
    Object.assign(step ?? {}, { cost: '84000.01' });
    const { status, stdout } = run(JSON.stringify(document));
    expect(stdout).toContain('fail  hmrc-crypto22251');
    expect(stdout).toContain('TOKENA after 3: cost: expected 84000.01, actual 84000\n');
    expect(stdout).toMatch(/^29 of 30 cases pass$/m);
    expect(status).toBe(1);
  });

  test('a figure that it does not know is a failure, never passed over', () => {
    const document = published();
    Object.assign(document.vectors[0]?.expected.steps?.[0] ?? {}, { moon_phase: '1' });
    expect(run(JSON.stringify(document)).stdout).toContain(
      'moon_phase: expected 1, actual a figure this runner does not know',
    );
  });

  test.each([
    ['no JSON', 'nonsense', 'cannot be read as JSON'],
    ['another format', '{"format":"other/1","vectors":[]}', 'format'],
    ['an amount as a float', JSON.stringify(published()).replace('"amount":"2"', '"amount":2'), 'amount'],
  ])('a file with %s is refused with exit code 64 and what is wrong', (_title, text, problem) => {
    const { status, stdout, stderr } = run(text);
    expect(stderr).toContain(problem);
    expect(stderr).toContain('npm run vectors -- FILE.json');
    expect(stdout).toBe('');
    expect(status).toBe(64);
  });
});
