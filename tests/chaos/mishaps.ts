import {
  type Disturbance,
  KILLED_AT_A_MOMENT,
  KILLED_AT_A_REQUEST,
  signalledAtAMoment,
  signalledAtARequest,
} from '../simulation/disturbances.js';
import type { Random } from '../simulation/random.js';

const LONGEST_RUN_MS = 4_000;
const MINUTE_MS = 60_000;
const MINUTES_OF_A_DAY = 24 * 60;

const NONE: Disturbance = { name: 'undisturbed', codes: [0], draw: () => ({}) };

/** Before it listens for the signal, the signal ends it. */
const STOPPED = [0, 143, null];

export const TOLD_TO_STOP_AT_A_REQUEST = signalledAtARequest('told to stop at a request', STOPPED, 'SIGTERM');

const TOLD_TO_STOP_AT_A_MOMENT = signalledAtAMoment('told to stop at a moment', STOPPED, 'SIGTERM', 100);

/** Either way. */
const someMs = (random: Random, longest: number): number =>
  random.whole(1, longest) * (random.chance(0.5) ? 1 : -1);

const minutesOff = (random: Random): number => someMs(random, MINUTES_OF_A_DAY) * MINUTE_MS;

const inMinutes = (ms: number): string => `${Math.round(ms / MINUTE_MS)} minutes`;

const CLOCK_A_LITTLE_OFF: Disturbance = {
  name: 'with a clock that is off',
  codes: [0],
  draw: (random) => {
    const shiftMs = someMs(random, 90_000);
    return { detail: `by ${shiftMs} ms`, clock: { shiftMs } };
  },
};

const CLOCK_FAR_OFF: Disturbance = {
  name: 'with a clock that is far off',
  // By a clock before the history, its first day is in the future.
  codes: [0, 64],
  draw: (random) => {
    const shiftMs = minutesOff(random);
    return { detail: `by ${inMinutes(shiftMs)}`, clock: { shiftMs } };
  },
};

const CLOCK_JUMPS: Disturbance = {
  name: 'with a clock that jumps',
  // Where it jumps while the exchange is asked for the time, that is asked in vain.
  codes: [0, 3, 77],
  draw: (random) => {
    const jump = { afterMs: random.whole(300, LONGEST_RUN_MS), ms: minutesOff(random) };
    return { detail: `by ${inMinutes(jump.ms)} after ${jump.afterMs} ms`, clock: { jump } };
  },
};

/** What may befall one process, wherever it stores. */
export const MISHAPS: readonly (readonly [number, Disturbance])[] = [
  [10, NONE],
  [4, KILLED_AT_A_REQUEST],
  [4, KILLED_AT_A_MOMENT],
  [2, TOLD_TO_STOP_AT_A_REQUEST],
  [1, TOLD_TO_STOP_AT_A_MOMENT],
  [1, CLOCK_A_LITTLE_OFF],
  [1, CLOCK_FAR_OFF],
  [2, CLOCK_JUMPS],
];
