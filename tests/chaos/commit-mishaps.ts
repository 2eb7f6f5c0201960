import { setTimeout as pause } from 'node:timers/promises';
import { type Disturbance, whileRunning } from '../simulation/disturbances.js';
import type { RunningCli } from '../support/cli.js';
import { type Block, blockCommits, type Moment } from '../support/held-commit.js';
import type { Over } from './plan.js';
import type { AtServer } from './server-troubles.js';

const MOMENTS: readonly Moment[] = ['in its first row', 'before its first row'];
const LOOK_EVERY_MS = 20;
/** A run that is refused a lease comes to no commit. */
const LONGEST_WAIT_MS = 12_000;

type Act<Run> = (where: AtServer, run: Run, backend: number) => unknown;

/** What befalls a run while a commit waits, its own or that of a run beside it. */
const atTheCommit = <Run extends Over>(
  name: string,
  codes: readonly (number | null)[],
  act: Act<Run>,
): Disturbance<AtServer, Run> => ({
  name,
  codes,
  draw: (random) => {
    const [moment, freeAfterMs] = [random.pick(MOMENTS), random.whole(0, 400)];
    return {
      detail: moment,
      befall: async (where, run) => {
        const block = await blockCommits(where.database.sql, moment).catch(notBlocked);
        if (!block) return;
        const backend = await someCommit(block, run);
        if (backend !== undefined) await act(where, run, backend);
        await pause(freeAfterMs);
        await block.free();
      },
    };
  },
});

/** No tables before the first run has made them; or a commit was first, and waits for what is locked here. */
const NO_BLOCK = new Set<unknown>(['42P01', '3F000', '40P01']);

function notBlocked(error: unknown): undefined {
  if (!NO_BLOCK.has((error as { code?: unknown }).code)) throw error;
}

async function someCommit({ waiting }: Block, run: Over): Promise<number | undefined> {
  const limit = pause(LONGEST_WAIT_MS, undefined, { ref: false });
  return await whileRunning({ ended: Promise.race([run.ended, limit]) }, LOOK_EVERY_MS, waiting);
}

export const COMMIT_MISHAPS: readonly (readonly [number, Disturbance<AtServer>])[] = [
  [4, atTheCommit('killed at a commit', [0, null], (_where, { child }: RunningCli) => child.kill('SIGKILL'))],
  [
    1,
    atTheCommit('told to stop at a commit', [0, 143, null], (_where, { child }: RunningCli) =>
      child.kill('SIGTERM'),
    ),
  ],
];

/** Whose connection it is is left to chance. */
export const COMMIT_LOST: Disturbance<AtServer, Over> = atTheCommit(
  'a connection ended at a commit',
  [0, 3, 74],
  ({ database }, _over, backend) => database.sql`select pg_terminate_backend(${backend})`,
);
