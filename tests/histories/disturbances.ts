import type { RunningCli } from '../support/cli.js';
import type { Simulator } from '../simulator/simulator.js';
import type { Random } from './random.js';
import type { Story } from './story.js';

const LOOK_EVERY_MS = 1;
const LONGEST_RUN_MS = 2_500;
const USUAL_REQUESTS = 120;
const FORBIDDEN = 403;

export interface Disturbed {
  readonly story: Story;
  readonly simulator: Simulator;
  readonly random: Random;
}

/** What befalls a run, and the exit codes that it may end with; null where it was killed. */
export interface Disturbance {
  readonly name: string;
  readonly codes: readonly (number | null)[];
  /** Before the run. */
  readonly prepare?: (stage: Disturbed) => void;
  /** Once it runs. */
  readonly befall?: (stage: Disturbed, run: RunningCli) => Promise<void>;
}

/** With how often each befalls a run. */
export const DISTURBANCES: readonly (readonly [number, Disturbance])[] = [
  [4, { name: 'undisturbed', codes: [0] }],
  [
    3,
    {
      name: 'killed at a request',
      codes: [0, null],
      befall: async ({ simulator, random }, run) => {
        await asked(simulator, someRequest(random), run);
        run.child.kill('SIGKILL');
      },
    },
  ],
  [
    2,
    {
      name: 'killed at a moment',
      codes: [0, null],
      befall: async ({ random }, run) => {
        const moment = random.whole(300, LONGEST_RUN_MS);
        await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, moment))]);
        run.child.kill('SIGKILL');
      },
    },
  ],
  [
    2,
    {
      name: 'refused at a request',
      codes: [0, 3, 77],
      prepare: ({ simulator, random }) => {
        simulator.faults.add({ kind: 'status', status: FORBIDDEN, at: someRequest(random) });
      },
    },
  ],
  [
    2,
    {
      name: 'cut off at a request',
      codes: [0],
      prepare: ({ simulator, random }) => {
        simulator.faults.add({ kind: 'reset', at: someRequest(random) });
      },
    },
  ],
  [
    3,
    {
      name: 'overtaken by events',
      codes: [0],
      befall: async ({ story, simulator, random }, run) => {
        const moment = someRequest(random);
        const events = random.whole(1, 5);
        await asked(simulator, moment, run);
        story.meanwhile(events);
      },
    },
  ],
];

/** Of about as many as a run needs; beyond its last one the run has ended. */
const someRequest = (random: Random): number => random.whole(1, USUAL_REQUESTS);

/** Once the exchange has been asked so often, or the run has ended. */
async function asked(simulator: Simulator, count: number, run: RunningCli): Promise<void> {
  const { child } = run;
  while (simulator.requests.length < count && child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
