import fc from 'fast-check';
import type { Random } from '../simulation/random.js';
import type { Simulator } from '../simulator/simulator.js';
import { garbled, mutationOf } from '../client/mutations.js';

/** An answer of the exchange that is changed on its way. */
export interface Lie {
  readonly path: string;
  /** Of the requests for the path, the first that is lied to; true of `again`: and all after it. */
  readonly at: number;
  readonly again: boolean;
  readonly way: keyof typeof WAYS;
  readonly seed: number;
}

type Change = (body: string, seed: number) => Buffer;

/** One of many, always the same of a seed. */
const sample = <T>(arbitrary: fc.Arbitrary<T>, seed: number): T => {
  const [only] = fc.sample(arbitrary, { seed, numRuns: 1 });
  return only as T;
};

const STRANGERS = ['{}', '[]', 'null', '"ok"', '', '<html>502 Bad Gateway</html>'];

const WAYS = {
  'by its grammar': (body, seed) => Buffer.from(sample(mutationOf(JSON.parse(body)), seed).text),
  'by its characters': (body, seed) => Buffer.from(sample(garbled(body), seed)),
  'by its bytes': (body, seed) => {
    const [at, bytes] = sample(
      fc.tuple(fc.nat(Buffer.byteLength(body)), fc.uint8Array({ minLength: 1, maxLength: 4 })),
      seed,
    );
    const whole = Buffer.from(body);
    return Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)]);
  },
  // No answer, however often it is asked again.
  'by a stranger in its place': (_body, seed) => Buffer.from(STRANGERS[seed % STRANGERS.length] ?? ''),
} as const satisfies Readonly<Record<string, Change>>;

const HOW_OFTEN: readonly (readonly [number, Lie['way']])[] = [
  [8, 'by its grammar'],
  [3, 'by a stranger in its place'],
  [1, 'by its characters'],
  [1, 'by its bytes'],
];

export const drawLie = (random: Random, paths: readonly string[]): Lie => ({
  path: random.pick(paths),
  at: random.weighted([
    [8, 1],
    [1, 2],
    [1, 3],
  ]),
  again: random.chance(0.8),
  way: random.weighted(HOW_OFTEN),
  seed: random.whole(0, 2 ** 31 - 1),
});

/** What was sent in the place of the truth. */
export interface Told {
  readonly lie: string;
  readonly truth: string;
}

/** Lets the exchange lie from now on, and fills the list with what it says. */
export function tell(simulator: Simulator, { path, at, again, way, seed }: Lie): readonly Told[] {
  const told: Told[] = [];
  simulator.faults.add({
    kind: 'rewrite',
    path,
    at,
    times: again ? Infinity : 1,
    rewrite: (truth) => {
      const lie = WAYS[way](truth, seed + told.length);
      told.push({ lie: lie.toString(), truth });
      return lie;
    },
  });
  return told;
}

export const lieText = ({ path, at, again, way }: Lie): string =>
  `${path} ${way}, the ${at}th ${again ? 'and all after it' : 'alone'}`;
