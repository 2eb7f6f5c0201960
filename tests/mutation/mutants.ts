import type { FoundId } from '../faults/found.js';
import { ACCOUNTS } from './breaks/accounts.js';
import { ANSWERS } from './breaks/answers.js';
import { COMMITS } from './breaks/commits.js';
import { DATABASES } from './breaks/databases.js';
import { EXCHANGES } from './breaks/exchanges.js';
import { FIGURES } from './breaks/figures.js';
import { MACHINE } from './breaks/machine.js';
import { RECORDS } from './breaks/records.js';
import { REFUSALS } from './breaks/refusals.js';
import { SESSIONS } from './breaks/sessions.js';
import { SURROUNDINGS } from './breaks/surroundings.js';
import type { Mutant } from './mutant.js';

/** At least one for each row of the matrix with a defence in the sources, in its order. */
export const MUTANTS: readonly Mutant[] = [
  ...[ACCOUNTS, ANSWERS, COMMITS, DATABASES, EXCHANGES, FIGURES].flat(),
  ...[MACHINE, RECORDS, REFUSALS, SESSIONS, SURROUNDINGS].flat(),
].sort((a, b) => String(a.row).localeCompare(String(b.row), 'en', { numeric: true }));

/** Rows whose defence is not in the sources, with the place that has it. */
export const WITHOUT_DEFENCE: Readonly<Partial<Record<FoundId, string>>> = {
  A1: 'the modes of the files come from .bundle.js and the package',
  A3: 'the command lines are in README.md',
  F10: 'the lines are in crontab.example',
};
