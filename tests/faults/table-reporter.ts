import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type FaultId, faultIn } from './matrix.js';
import { type Proven, withFaultTable } from './table.js';

const PAGE = 'tests/README.md';

/** The part of jest's results that is read here. */
interface Results {
  readonly testResults: readonly {
    readonly testFilePath: string;
    readonly testResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Writes the rows that this run of the suite has proven into tests/README.md. */
export default class TableReporter {
  async onRunComplete(_contexts: unknown, results: Results): Promise<void> {
    const readme = readFileSync(PAGE, 'utf8');
    writeFileSync(PAGE, await withFaultTable(readme, provenBy(results)));
  }
}

/** A row that failed anywhere is not proven, nor is one that did not run. */
export function provenBy({ testResults }: Results): Proven {
  const proven = new Map<FaultId, string>();
  const failed = new Set<FaultId>();
  for (const { testFilePath, testResults: tests } of testResults) {
    for (const { title, status } of tests) {
      const number = faultIn(title);
      if (number === undefined) continue;
      if (status === 'passed') proven.set(number, relative(process.cwd(), testFilePath));
      else failed.add(number);
    }
  }
  for (const number of failed) proven.delete(number);
  return proven;
}
