import { Random } from '../simulation/random.js';
import { startPostgres } from '../support/postgres.js';
import { EMBEDDED, onPostgres } from './grounds.js';
import { type PlayedRound, playHistory } from './history.js';

export const DATABASES = ['postgres', 'embedded'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

export interface CampaignOptions {
  readonly seed: number;
  /** Rounds. */
  readonly runs: number;
  readonly database: DatabaseKind;
}

export interface ToldRound extends PlayedRound {
  /** Of the round's history: with it as the campaign's seed, this history comes first. */
  readonly seed: number;
  /** In the history; the last look at it counts as one more. */
  readonly round: number;
}

/** Room for connections that are held, and few enough to be used up. */
const SERVER = { settings: { max_connections: '40' } };

/** History after history until so many rounds have been played; a history ends with the first wrong round. */
export async function* playCampaign({ seed, runs, database }: CampaignOptions): AsyncGenerator<ToldRound> {
  if (database === 'embedded') {
    yield* histories((each, most) => playHistory(EMBEDDED, each, most), seed, runs);
    return;
  }
  const server = await startPostgres(SERVER);
  try {
    yield* histories((each, most) => playHistory(onPostgres(server), each, most), seed, runs);
  } finally {
    await server.stop();
  }
}

async function* histories(
  play: (seed: number, most: number) => AsyncGenerator<PlayedRound>,
  first: number,
  runs: number,
): AsyncGenerator<ToldRound> {
  const random = new Random(first);
  let seed = first;
  for (let left = runs; left > 0;) {
    let round = 0;
    for await (const played of contained(play(seed, left))) {
      round += 1;
      yield { ...played, seed, round };
    }
    left -= round;
    seed = random.whole(0, 2 ** 31 - 1);
  }
}

/** A history that cannot go on is one that went wrong; the next one begins. */
async function* contained(rounds: AsyncGenerator<PlayedRound>): AsyncGenerator<PlayedRound> {
  try {
    yield* rounds;
  } catch (error) {
    const wrong = [
      `the campaign itself failed: ${error instanceof Error ? String(error.stack) : String(error)}`,
    ];
    yield { story: [], ends: [], wrong, milliseconds: 0 };
  }
}
