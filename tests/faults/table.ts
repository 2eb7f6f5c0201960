import { basename } from 'node:path';
import { format } from 'prettier';
import { type FaultId, ROWS } from './matrix.js';
import type { Row } from './row.js';

/** Where in README.md the table stands. */
const TABLE = /(?<=<!-- faults: [^>]* -->\n).*?(?=<!-- end of faults -->)/s;

/** The file of each row's test, of those that hold; relative to the project. */
export type Proven = ReadonlyMap<FaultId, string>;

/** README.md with the matrix as a table; a row without a test that holds is told as that. */
export async function withFaultTable(readme: string, proven: Proven): Promise<string> {
  if (!TABLE.test(readme)) throw new Error('README.md has no place for the table of faults');
  const lines = ROWS.map(([number, row]) => lineOf(number, row, proven.get(number)));
  const head = ['| # | fault | what happens | exit | tested |', '| --- | --- | --- | --- | --- |'];
  const table = await format([...head, ...lines].join('\n'), { parser: 'markdown' });
  return readme.replace(TABLE, () => `\n${table}\n`);
}

function lineOf(number: FaultId, { fault, behaviour, exits }: Row, path?: string): string {
  const tested = path === undefined ? '**no**' : `[${basename(path, '.test.ts')}](${path})`;
  return `| ${[number, fault, behaviour, exits, tested].join(' | ')} |`;
}
