import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultId } from '../faults/matrix.js';

/** The one test of a row: its file, relative to the project, and its lines there. */
export interface RowTest {
  readonly path: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The text of each file that `npm run test:faults` runs. */
export type Suite = ReadonlyMap<string, string>;

const IN_SUITE = /^(faults\/|e2e\/.*-faults).*\.test\.ts$/;

export function rowTest(row: FaultId, suite: Suite): RowTest {
  const found = [...suite].flatMap(([path, text]) => {
    const lines = linesOf(text, row);
    return lines ? [{ path, ...lines }] : [];
  });
  const [only, another] = found;
  if (!only || another) throw new Error(`row ${row} has ${found.length} tests`);
  return only;
}

/** `folder`: the project, or a copy of it. */
export function readSuite(folder: string): Suite {
  const names = readdirSync(join(folder, 'tests'), { recursive: true, encoding: 'utf8' });
  const paths = names.filter((name) => IN_SUITE.test(name)).map((name) => join('tests', name));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** From the call to the end of its statement, which prettier indents alike. */
function linesOf(text: string, row: FaultId): Omit<RowTest, 'path'> | undefined {
  const id = typeof row === 'number' ? row : `'${row}'`;
  const call = new RegExp(`^( *)fault\\(\\s*${id},.*?^\\1[})][^\\n]*;$`, 'ms').exec(text);
  if (!call) return undefined;
  const firstLine = text.slice(0, call.index).split('\n').length;
  return { firstLine, lastLine: firstLine + call[0].split('\n').length - 1 };
}
