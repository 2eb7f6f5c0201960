import { availableParallelism } from 'node:os';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import type { FaultId } from '../faults/matrix.js';
import { CAMPAIGNS } from './breaks/campaigns.js';
import { tryCampaigns } from './campaign-trial.js';
import type { Break } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { type Trial, tryRow } from './trial.js';
import { openWorkbench, type Workbench } from './workbench.js';

/** A quick row, whose test must hold in the copy while nothing is broken. */
const CONTROL: FaultId = 41;
const LONGEST_REASON = 1_500;

/** A break, and what must notice it in a copy of the project. */
interface Task extends Break {
  readonly watch: string;
  readonly tryIn: (folder: string) => Promise<Trial>;
}

interface Tried {
  readonly verdict: 'killed' | 'survived' | 'error';
  readonly reason: string;
}

/** `npm run test:mutation`: breaks the program again and again, and expects the test that watches to notice. */
const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    campaigns: { type: 'boolean', default: false },
    /** `2/3`: the second of every three, so that a run every day covers all of them in three days. */
    share: { type: 'string', default: '1/1' },
    why: { type: 'boolean', default: false },
  },
});
const rows = values.rows?.split(',');
const isWhole = rows === undefined && !values.campaigns;
const [share = 0, shares = 0] = values.share.split('/').map((part) => Number.parseInt(part, 10));
if (!(shares >= 1 && share >= 1 && share <= shares)) throw new Error(`invalid --share ${values.share}`);
const chosen: readonly Task[] = [
  ...(isWhole || values.campaigns ? CAMPAIGNS : []).map(({ invariant, ...broken }): Task => ({
    ...broken,
    watch: 'campaigns',
    tryIn: (folder) => tryCampaigns(folder, invariant),
  })),
  ...MUTANTS.filter(({ row }) => isWhole || rows?.includes(String(row))).map(({ row, ...broken }): Task => ({
    ...broken,
    watch: `row ${row}`,
    tryIn: (folder) => tryRow(folder, row),
  })),
].filter((_task, index) => index % shares === share - 1);
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

async function work(bench: Workbench, queue: Task[]): Promise<void> {
  for (let task = queue.shift(); task; task = queue.shift()) {
    const begunAt = Date.now();
    const { verdict, reason } = await tried(bench, task);
    counts[verdict] += 1;
    say(lineOf(task, verdict, Date.now() - begunAt));
    if (verdict === 'error' || values.why) say(indented(reason));
  }
}

async function tried({ folder, broken }: Workbench, { tryIn, edits }: Task): Promise<Tried> {
  try {
    const restore = broken(edits);
    const { outcome, reason } = await tryIn(folder).finally(restore);
    const verdict = ({ failed: 'killed', passed: 'survived', error: 'error' } as const)[outcome];
    return { verdict, reason };
  } catch (error) {
    return { verdict: 'error', reason: String(error) };
  }
}

/** `row 12    killed      9 s  database/connection.ts: without the refusal of a second connection` */
function lineOf({ watch, lacks, edits }: Task, verdict: string, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const files = [...new Set(edits.map(({ file }) => file))].join(', ');
  const mark = verdict === 'killed' ? verdict : verdict.toUpperCase();
  return `${watch.padEnd(9)} ${mark.padEnd(8)} ${String(seconds).padStart(3)} s  ${files}: without ${lacks}`;
}

function indented(reason: string): string {
  const text = stripVTControlCharacters(reason).trim().slice(0, LONGEST_REASON);
  return text.replaceAll(/^/gm, '    ');
}
