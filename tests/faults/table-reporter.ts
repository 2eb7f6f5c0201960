import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type FaultId, faultIn } from './matrix.js';
import { type Proven, withFaultTable } from './table.js';

/** What jest tells at the end, as far as it matters here. */
interface Results {
  readonly testResults: readonly {
    readonly testFilePath: string;
    readonly testResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Writes into README.md which rows this run of the suite has proven. */
export default class TableReporter {
  async onRunComplete(_contexts: unknown, results: Results): Promise<void> {
    const readme = readFileSync('README.md', 'utf8');
    writeFileSync('README.md', await withFaultTable(readme, provenBy(results)));
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
