import type { Disturbance, Disturbed, Drawn, Ending } from '../simulation/disturbances.js';
import type { Random } from '../simulation/random.js';
import type { AccountName } from '../simulation/shape.js';
import type { RunningCli } from '../support/cli.js';

/** The runs of a round, all of them. */
export type Over = Ending;

export interface Chosen<Where, Run> extends Drawn<Where, Run> {
  readonly name: string;
  readonly codes: readonly (number | null)[];
}

/** One process: what it syncs (nothing named: everything), when it begins, what befalls it. */
export interface RunPlan<Where> {
  readonly accounts: readonly AccountName[];
  readonly delayMs: number;
  readonly mishap: Chosen<Where, RunningCli>;
}

/** What happens at the exchanges before, the runs side by side, and what befalls all of them. */
export interface RoundPlan<Where> {
  readonly restMs: number;
  readonly trades: number;
  readonly runs: readonly RunPlan<Where>[];
  readonly troubles: readonly Chosen<Where, Over>[];
  /** Leases of the dead are held for the rest of their time, not until the next round begins. */
  readonly leasesStay: boolean;
}

export type Weighted<Where, Run> = readonly (readonly [number, Disturbance<Where, Run>])[];

/** What may befall a round at one kind of database. */
export interface Catalogue<Where extends Disturbed> {
  readonly mishaps: Weighted<Where, RunningCli>;
  /** One of each list at the most. */
  readonly troubles: readonly { readonly chance: number; readonly among: Weighted<Where, Over> }[];
}

const MINUTE_MS = 60_000;
const LONGEST_REST_MINUTES = 9 * 60;
const LATEST_START_MS = 3_500;
const RUNS = [
  [4, 1],
  [5, 2],
  [2, 3],
  [1, 4],
] as const;

export function drawRound<Where extends Disturbed>(
  random: Random,
  accounts: readonly AccountName[],
  { mishaps, troubles }: Catalogue<Where>,
): RoundPlan<Where> {
  const count = random.weighted(RUNS);
  return {
    restMs: random.whole(5, LONGEST_REST_MINUTES) * MINUTE_MS,
    trades: random.chance(0.2) ? 0 : random.whole(1, 12),
    runs: Array.from({ length: count }, (_, index) => ({
      accounts: random.chance(0.6) ? [] : accounts.filter(() => random.chance(0.5)),
      delayMs: index === 0 ? 0 : random.whole(0, LATEST_START_MS),
      mishap: chosen(random, mishaps),
    })),
    troubles: troubles.flatMap(({ chance, among }) => (random.chance(chance) ? [chosen(random, among)] : [])),
    leasesStay: random.chance(0.25),
  };
}

/** One of several, with all that is random about it. */
export function chosen<Where, Run>(random: Random, among: Weighted<Where, Run>): Chosen<Where, Run> {
  const { name, codes, draw } = random.weighted(among);
  return { name, codes, ...draw(random) };
}

/** The round in words, for a failure's report. */
export const planText = <Where>({ runs, troubles }: RoundPlan<Where>): string[] => [
  ...troubles.map(chosenText),
  ...runs.map(
    ({ accounts, delayMs, mishap }) =>
      `sync of ${accounts.join(', ') || 'all'} after ${delayMs} ms: ${chosenText(mishap)}`,
  ),
];

const chosenText = ({ name, detail }: { readonly name: string; readonly detail?: string }): string =>
  detail === undefined ? name : `${name} (${detail})`;
