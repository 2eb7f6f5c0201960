import { join } from 'node:path';
import type { Figure } from './figures.js';
import { judgeVector } from './judge-vector.js';
import { FORMAT, InvalidFile, readVectors, type Vector } from './vector-file.js';

const DEFAULT_FILE = join(import.meta.dirname, '../../../tests/fixtures/vectors.json');
const FAILED = 1;
const USAGE = 64;

/** `npm run vectors -- FILE.json`: 0 when every case passes, 1 when one fails, 64 without a usable file. */
function main([path = DEFAULT_FILE]: readonly string[]): number {
  try {
    const results = readVectors(path).map(printCase);
    const passed = results.filter(Boolean).length;
    print(`${passed} of ${results.length} cases pass`);
    return passed === results.length ? 0 : FAILED;
  } catch (error) {
    if (!(error instanceof InvalidFile)) throw error;
    process.stderr.write(
      `${error.message}\nGive a file of the format ${FORMAT}: npm run vectors -- FILE.json\n`,
    );
    return USAGE;
  }
}

function printCase(vector: Vector): boolean {
  const figures = judged(vector);
  const failures = figures.filter(({ passed }) => !passed);
  const passed = failures.length === 0 && figures.length > 0;
  print(`${passed ? 'pass' : 'fail'}  ${vector.id} (${figures.length} figures)`);
  for (const { name, expected, actual } of failures) {
    print(`      ${name}: expected ${expected}, actual ${actual}`);
  }
  return passed;
}

/** A case that cannot be reckoned fails alone. */
function judged(vector: Vector): readonly Figure[] {
  try {
    return judgeVector(vector);
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error);
    return [{ name: 'the case', expected: 'figures', actual, passed: false }];
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = main(process.argv.slice(2));
