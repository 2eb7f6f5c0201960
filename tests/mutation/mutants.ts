import { COMMITS } from './breaks/commits.js';
import { DATABASES } from './breaks/databases.js';
import { EXCHANGES } from './breaks/exchanges.js';
import { MACHINE } from './breaks/machine.js';
import { RECORDS } from './breaks/records.js';
import { REFUSALS } from './breaks/refusals.js';
import type { Mutant } from './mutant.js';

/** At least one for each row of the matrix, in its order. */
export const MUTANTS: readonly Mutant[] = [
  ...[COMMITS, DATABASES, EXCHANGES, MACHINE, RECORDS, REFUSALS].flat(),
].sort((a, b) => String(a.row).localeCompare(String(b.row), 'en', { numeric: true }));
