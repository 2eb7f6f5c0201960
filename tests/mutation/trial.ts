import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type FaultId, titleOf } from '../faults/matrix.js';
import { readSuite, type RowTest, rowTest } from './row-test.js';

/** `passed` and `failed` are the word of the row's own test; `error`: it never came to that. */
export interface Trial {
  readonly outcome: 'passed' | 'failed' | 'error';
  /** Why it is not `passed`. */
  readonly reason: string;
}

/** What jest's --json says, as far as it matters here. */
export interface JestResult {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/** Runs the test of a row, and nothing else, in a copy of the project. */
export async function tryRow(folder: string, row: FaultId): Promise<Trial> {
  const test = rowTest(row, readSuite(folder));
  const output = join(folder, 'result.json');
  rmSync(output, { force: true });
  const said = await runJest(folder, [
    ...['--testPathIgnorePatterns=/node_modules/', '--runTestsByPath', test.path],
    ...[`--testNamePattern=${titlePattern(row)}`, '--json', `--outputFile=${output}`],
    // What a test that fails leaves open must not keep the next one waiting.
    ...['--forceExit', `--cacheDirectory=${join(folder, 'jest-cache')}`],
  ]);
  try {
    return trialOf(JSON.parse(readFileSync(output, 'utf8')) as JestResult, row, test);
  } catch {
    return { outcome: 'error', reason: said };
  }
}

const titlePattern = (row: FaultId): string => `${titleOf(row).replaceAll(/[^\w ]/g, '\\$&')}$`;

function runJest(cwd: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...JEST, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => {
      resolve(said);
    });
  });
}

export function trialOf({ testResults }: JestResult, row: FaultId, test: RowTest): Trial {
  const [suite] = testResults;
  const result = suite?.assertionResults.find(({ title }) => title === titleOf(row));
  if (result?.status === 'passed') return { outcome: 'passed', reason: '' };
  if (result?.status !== 'failed') return { outcome: 'error', reason: suite?.message ?? 'nothing ran' };
  const own = result.failureMessages.find((message) => isOwn(message, test));
  if (own !== undefined) return { outcome: 'failed', reason: own };
  return { outcome: 'error', reason: result.failureMessages.join('\n') };
}

/** Not of what prepares the test: where that fails already the break proves nothing about the row. */
function isOwn(message: string, { path, firstLine, lastLine }: RowTest): boolean {
  if (/^thrown: "Exceeded timeout of \d+ ms for a test\./m.test(message)) return true;
  const frames = message.matchAll(new RegExp(`${basename(path)}:(\\d+):\\d+`, 'g'));
  return [...frames].some(([, number = '']) => {
    const line = Number.parseInt(number, 10);
    return line >= firstLine && line <= lastLine;
  });
}
