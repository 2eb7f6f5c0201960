import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultNumber } from '../faults/matrix.js';

/** The one test of a row: its file, relative to the project, and its lines there. */
export interface RowTest {
  readonly path: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

const SUITE = /^(faults\/|e2e\/.*-faults).*\.test\.ts$/;

/** `folder`: a copy of the project. */
export function rowTest(row: FaultNumber, folder = '.'): RowTest {
  const found = suiteFiles(folder).flatMap((path) => {
    const at = linesOf(readFileSync(join(folder, path), 'utf8'), row);
    return at ? [{ path, ...at }] : [];
  });
  const [only, another] = found;
  if (!only || another) throw new Error(`row ${row} has ${found.length} tests`);
  return only;
}

const suiteFiles = (folder: string): string[] =>
  readdirSync(join(folder, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((name) => SUITE.test(name))
    .map((name) => join('tests', name));

/** From the call to the end of its statement, which prettier indents alike. */
function linesOf(text: string, row: FaultNumber): Omit<RowTest, 'path'> | undefined {
  const call = new RegExp(`^( *)fault\\(\\s*${row},.*?^\\1[})][^\\n]*;$`, 'ms').exec(text);
  if (!call) return undefined;
  const firstLine = text.slice(0, call.index).split('\n').length;
  return { firstLine, lastLine: firstLine + call[0].split('\n').length - 1 };
}
