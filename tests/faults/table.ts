import { basename, relative } from 'node:path';
import { format } from 'prettier';
import { withSection } from '../docs/section.js';
import { type FaultId, ROWS } from './matrix.js';
import type { Row } from './row.js';

/** The file of each row's test, of those that hold; relative to the project. */
export type Proven = ReadonlyMap<FaultId, string>;

/** tests/README.md with the matrix as a table; a row without a test that holds is marked as not tested. */
export async function withFaultTable(readme: string, proven: Proven): Promise<string> {
  const lines = ROWS.map(([number, row]) => lineOf(number, row, proven.get(number)));
  const head = ['| # | fault | what happens | exit | tested |', '| --- | --- | --- | --- | --- |'];
  const table = await format([...head, ...lines].join('\n'), { parser: 'markdown' });
  return withSection(readme, 'faults', table);
}

function lineOf(number: FaultId, { fault, behaviour, exits }: Row, path?: string): string {
  const tested =
    path === undefined ? '**no**' : `[${basename(path, '.test.ts')}](${relative('tests', path)})`;
  return `| ${[number, fault, behaviour, exits, tested].join(' | ')} |`;
}
