import { availableParallelism } from 'node:os';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import type { FaultNumber } from '../faults/matrix.js';
import type { Mutant } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { tryRow } from './trial.js';
import { openWorkbench, type Workbench } from './workbench.js';

/** A quick row, whose test must hold in the copy while nothing is broken. */
const CONTROL: FaultNumber = 41;
const LONGEST_REASON = 1_500;

interface Tried {
  readonly verdict: 'killed' | 'survived' | 'error';
  readonly reason: string;
}

/** `npm run test:mutants`: breaks the program row by row, and expects the row's test to notice. */
const { values } = parseArgs({
  options: { rows: { type: 'string' }, why: { type: 'boolean', default: false } },
});
const rows = values.rows?.split(',').map((row) => Number.parseInt(row, 10));
const chosen = MUTANTS.filter(({ row }) => rows?.includes(row) ?? true);
const say = (line: string) => process.stdout.write(`${line}\n`);

// As many at a time as jest runs files.
const benches = Array.from({ length: Math.min(availableParallelism(), chosen.length) }, openWorkbench);
process.once('exit', () => {
  for (const { remove } of benches) remove();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const startedAt = Date.now();
const counts = { killed: 0, survived: 0, error: 0 };
const [first] = benches;
const control = first && (await tryRow(first.folder, CONTROL));
if (control?.outcome === 'passed') {
  const queue = [...chosen];
  await Promise.all(benches.map((bench) => work(bench, queue)));
} else {
  say(
    control
      ? `row ${CONTROL} does not hold though nothing is broken:\n${control.reason}`
      : 'there is no such row',
  );
}
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
say(
  `${chosen.length} mutants in ${minutes} min: ${counts.killed} killed, ${counts.survived} survived, ${counts.error} errors`,
);
process.exitCode = counts.killed === chosen.length && chosen.length > 0 ? 0 : 1;

async function work(bench: Workbench, queue: Mutant[]): Promise<void> {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const begunAt = Date.now();
    const { verdict, reason } = await tried(bench, mutant);
    counts[verdict] += 1;
    say(lineOf(mutant, verdict, Date.now() - begunAt));
    if (verdict === 'error' || values.why) say(indented(reason));
  }
}

async function tried({ folder, broken }: Workbench, { row, edits }: Mutant): Promise<Tried> {
  try {
    const restore = broken(edits);
    const { outcome, reason } = await tryRow(folder, row).finally(restore);
    const verdict = ({ failed: 'killed', passed: 'survived', error: 'error' } as const)[outcome];
    return { verdict, reason };
  } catch (error) {
    return { verdict: 'error', reason: String(error) };
  }
}

/** `row 12 killed      9 s  database/connection.ts: without the refusal of a second connection` */
function lineOf({ row, lacks, edits }: Mutant, verdict: string, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const files = [...new Set(edits.map(({ file }) => file))].join(', ');
  const mark = verdict === 'killed' ? verdict : verdict.toUpperCase();
  return `row ${String(row).padEnd(2)} ${mark.padEnd(8)} ${String(seconds).padStart(3)} s  ${files}: without ${lacks}`;
}

function indented(reason: string): string {
  const text = stripVTControlCharacters(reason).trim().slice(0, LONGEST_REASON);
  return text.replaceAll(/^/gm, '    ');
}
