import type { Simulator } from '../simulator/simulator.js';
import type { ClockChange, RunningCli } from '../support/cli.js';
import type { Random } from './random.js';
import type { Story } from './story.js';

const LOOK_EVERY_MS = 1;
const LONGEST_RUN_MS = 2_500;
/** Before, it has done nothing yet. */
const EARLIEST_MS = 300;
const USUAL_REQUESTS = 120;
const FORBIDDEN = 403;

export interface Disturbed {
  readonly story: Story;
  readonly simulator: Simulator;
}

/** What may befall a run, and the exit codes that it may end with; null where it was killed. */
export interface Disturbance<Where = Disturbed, Run = RunningCli> {
  readonly name: string;
  readonly codes: readonly (number | null)[];
  readonly draw: (random: Random) => Drawn<Where, Run>;
}

/** A disturbance with all that is random about it, so that runs side by side do not draw in turns. */
export interface Drawn<Where = Disturbed, Run = RunningCli> {
  readonly detail?: string;
  /** What the run has otherwise. */
  readonly args?: readonly string[];
  readonly clock?: ClockChange;
  /** Before the run. */
  readonly prepare?: (where: Where) => void;
  /** Once it runs. */
  readonly befall?: (where: Where, run: Run) => Promise<void>;
}

export const KILLED_AT_A_REQUEST = signalledAtARequest('killed at a request', [0, null], 'SIGKILL');

export const KILLED_AT_A_MOMENT = signalledAtAMoment('killed at a moment', [0, null], 'SIGKILL', EARLIEST_MS);

export function signalledAtARequest(
  name: string,
  codes: Disturbance['codes'],
  signal: NodeJS.Signals,
): Disturbance {
  const draw: Disturbance['draw'] = (random) => {
    const at = someRequest(random);
    return {
      detail: `the ${at}th`,
      befall: async ({ simulator }, run) => {
        await asked(simulator, at, run);
        run.child.kill(signal);
      },
    };
  };
  return { name, codes, draw };
}

export function signalledAtAMoment(
  name: string,
  codes: Disturbance['codes'],
  signal: NodeJS.Signals,
  earliestMs: number,
): Disturbance {
  const draw: Disturbance['draw'] = (random) => {
    const moment = random.whole(earliestMs, LONGEST_RUN_MS);
    return {
      detail: `after ${moment} ms`,
      befall: async (_where, run) => {
        await atMoment(moment, run.ended);
        run.child.kill(signal);
      },
    };
  };
  return { name, codes, draw };
}

export const REFUSED: Disturbance = {
  name: 'refused at a request',
  codes: [0, 3, 77],
  draw: (random) => {
    const at = someRequest(random);
    return {
      detail: `the ${at}th`,
      prepare: ({ simulator }) => {
        simulator.faults.add({ kind: 'status', status: FORBIDDEN, at });
      },
    };
  },
};

export const CUT_OFF: Disturbance = {
  name: 'cut off at a request',
  codes: [0],
  draw: (random) => {
    const at = someRequest(random);
    return {
      detail: `the ${at}th`,
      prepare: ({ simulator }) => {
        simulator.faults.add({ kind: 'reset', at });
      },
    };
  },
};

export const OVERTAKEN: Disturbance = {
  name: 'overtaken by events',
  codes: [0],
  draw: (random) => {
    const [at, events] = [someRequest(random), random.whole(1, 5)];
    return {
      detail: `${events} at the ${at}th request`,
      befall: async ({ story, simulator }, run) => {
        await asked(simulator, at, run);
        story.meanwhile(events);
      },
    };
  },
};

/** With how often each befalls a run. */
export const DISTURBANCES: readonly (readonly [number, Disturbance])[] = [
  [4, { name: 'undisturbed', codes: [0], draw: () => ({}) }],
  [3, KILLED_AT_A_REQUEST],
  [2, KILLED_AT_A_MOMENT],
  [2, REFUSED],
  [2, CUT_OFF],
  [3, OVERTAKEN],
];

/** Of about as many as a run needs; beyond its last one the run has ended. */
export const someRequest = (random: Random): number => random.whole(1, USUAL_REQUESTS);

/** Once the exchange has been asked so often, or the run has ended. */
export const asked = (simulator: Simulator, count: number, run: Ending): Promise<unknown> =>
  whileRunning(run, LOOK_EVERY_MS, () => Promise.resolve(simulator.requests.length >= count || undefined));

/** What ends at some time. */
export interface Ending {
  readonly ended: Promise<unknown>;
}

/** What a look finds, taken again and again; undefined where the run ended before. */
export async function whileRunning<T>(
  { ended }: Ending,
  everyMs: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const run = { over: false };
  void ended.then(() => (run.over = true));
  while (!run.over) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(everyMs);
  }
  return undefined;
}

/** After so many ms, or once the run has ended. */
export async function atMoment(ms: number, ended: Promise<unknown>): Promise<void> {
  await Promise.race([ended, pause(ms)]);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
