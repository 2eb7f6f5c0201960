import { endLeases, isBehind, SYNC } from '../simulation/campaign.js';
import type { Disturbed } from '../simulation/disturbances.js';
import { openProgram, type Program } from '../simulation/program.js';
import { complaints } from '../simulation/prove.js';
import { Random } from '../simulation/random.js';
import type { AccountName, Shape } from '../simulation/shape.js';
import { Story } from '../simulation/story.js';
import { compareTruth } from '../simulation/truth.js';
import { startSimulator } from '../simulator/simulator.js';
import { Answers } from './answers.js';
import type { HistoryDatabase } from './database.js';
import { Examiner } from './examiner.js';
import { wrongWith } from './invariants/all.js';
import { type Catalogue, drawRound, planText, type RoundPlan } from './plan.js';
import { playRound } from './round.js';

/** What makes a history: where it is stored, and what may befall it there. */
export interface Ground<D extends HistoryDatabase> {
  readonly open: (random: Random) => Promise<D>;
  readonly catalogues: readonly (readonly [number, Catalogue<Disturbed & { readonly database: D }>])[];
}

export interface PlayedRound {
  readonly story: readonly string[];
  readonly ends: readonly string[];
  readonly wrong: readonly string[];
  readonly milliseconds: number;
}

const ACCOUNTS: readonly (readonly [number, readonly AccountName[]])[] = [
  [3, ['bybit']],
  [3, ['binance']],
  [2, ['bybit', 'bybit/sub1']],
  [2, ['bybit', 'binance']],
  [2, ['bybit', 'bybit/sub1', 'binance']],
];
const FEWEST_ROUNDS = 8;
const MOST_ROUNDS = 16;
const TRADES_PER_ROUND = 6;
/** What a balance could not explain is looked for two hours long, however many runs there are. */
const LATEST_SEARCHED_MINUTES = 90;

/** A world of its own, synced in disturbed rounds, so many at the most, each followed by a look at what is stored. */
export async function* playHistory<D extends HistoryDatabase>(
  ground: Ground<D>,
  seed: number,
  most: number,
): AsyncGenerator<PlayedRound> {
  const random = new Random(seed);
  const rounds = random.whole(FEWEST_ROUNDS, MOST_ROUNDS);
  const shape = drawShape(random);
  const story = new Story(new Random(random.whole(0, 2 ** 31)), rounds * TRADES_PER_ROUND, shape);
  const answers = new Answers(story);
  const simulator = await startSimulator({
    world: story.world,
    onAnswer: (heard) => {
      answers.hear(heard);
    },
  });
  const database = await ground.open(random);
  const program = openProgram(story, simulator.url, database.env);
  const examiner = new Examiner(story, database, answers);
  try {
    for (let count = 0; count < Math.min(rounds, most); count += 1) {
      const plan = drawRound(random, shape.accounts, random.weighted(ground.catalogues));
      const played = await playOne({ story, simulator, database }, program, examiner, plan);
      yield played;
      if (played.wrong.length > 0) return;
    }
    yield await playLast(story, program, examiner, database);
  } finally {
    program.end();
    await database.end();
    await simulator.stop();
  }
}

const drawShape = (random: Random): Shape => ({
  accounts: random.weighted(ACCOUNTS),
  days: random.whole(3, 25),
  latestSearchedMinutes: LATEST_SEARCHED_MINUTES,
});

async function playOne<D extends HistoryDatabase>(
  where: Disturbed & { readonly database: D },
  program: Program,
  examiner: Examiner,
  plan: RoundPlan<Disturbed & { readonly database: D }>,
): Promise<PlayedRound> {
  const startedAt = performance.now();
  const { story } = where;
  story.rest(plan.restMs);
  story.tell(story.trades + plan.trades);
  examiner.begin();
  const runs = await playRound(where, program, plan);
  const wrong = await examiner.end(runs, plan);
  return {
    story: planText(plan),
    ends: runs.map(({ result }) => String(result.code ?? result.signal)),
    wrong,
    milliseconds: Math.round(performance.now() - startedAt),
  };
}

const MOST_RUNS_TO_SETTLE = 12;

/** Everything comes to its end, and undisturbed runs must bring the whole truth. */
async function playLast(
  story: Story,
  program: Program,
  examiner: Examiner,
  database: HistoryDatabase,
): Promise<PlayedRound> {
  const startedAt = performance.now();
  await database.look(({ run }) => run(endLeases));
  story.end();
  const ends: string[] = [];
  const failures: string[] = [];
  do {
    story.world.start();
    const { code, stdout, stderr } = await program.run(SYNC);
    story.world.stop();
    ends.push(String(code));
    if (code !== 0) failures.push(`an undisturbed sync ended with ${String(code)}:\n${stdout}${stderr}`);
  } while (failures.length === 0 && ends.length < MOST_RUNS_TO_SETTLE && (await isBehind(program)));
  const wrong = [
    ...failures,
    ...(await database.look(({ run }) => run((sql) => compareTruth(story, sql)))),
    ...(await complaints(story, program)),
    ...(await examiner.endOfAll()),
  ];
  const milliseconds = Math.round(performance.now() - startedAt);
  return {
    ...{ story: ['the last sync, undisturbed'], ends, milliseconds },
    wrong: wrong.map((line) => wrongWith('the last sync brings the whole truth') + line),
  };
}
