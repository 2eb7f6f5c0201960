import { startSimulator } from '../simulator/simulator.js';
import type { TestServer } from '../support/postgres.js';
import { withSql } from '../support/with-sql.js';
import { type Run, syncAtOnce, syncInCuts } from './campaign.js';
import { openProgram, type Program, serverEnv } from './program.js';
import { Random } from './random.js';
import { Story } from './story.js';
import { compareTruth } from './truth.js';
import { compareTables, fetchTables } from './tables.js';

export interface HistoryOptions {
  readonly seed: number;
  readonly trades: number;
  readonly cuts: number;
}

export interface Proof {
  readonly differences: readonly string[];
  readonly trades: number;
  readonly runs: readonly Run[];
  readonly atOnce: readonly Run[];
}

/** Tells a random history, syncs it in cuts and at once, and holds both against each other and against the truth. */
export async function prove(server: TestServer, { seed, trades, cuts }: HistoryOptions): Promise<Proof> {
  const random = new Random(seed);
  const story = new Story(random, trades);
  const simulator = await startSimulator({ world: story.world });
  try {
    const [cut, once] = [await server.createDatabase(), await server.createDatabase()];
    const runs = await syncInCuts({ story, simulator, random, database: cut }, trades, cuts);
    const atOnce = await syncAtOnce({ story, simulator, random, database: once });
    const differences = [
      ...compareTables(await withSql(cut, fetchTables), await withSql(once, fetchTables)),
      ...(await withSql(cut, (sql) => compareTruth(story, sql))),
      ...(await complaintsOf(story, openProgram(story, simulator.url, serverEnv(cut)))),
      ...(atOnce.length === 1 ? [] : [`the books are settled after ${atOnce.length} syncs, not after one`]),
    ];
    return { differences, trades: story.trades, runs, atOnce };
  } finally {
    await simulator.stop();
  }
}

async function complaintsOf(story: Story, program: Program): Promise<string[]> {
  const said = await complaints(story, program);
  program.end();
  return said;
}

interface Check {
  readonly name: string;
  readonly message: string;
}

const CONTENTED =
  /^replaying all \d+ records reproduces the stored positions$|^all balances match the recorded history$/;

/** What `check` has to say against the books. */
export async function complaints(story: Story, program: Program): Promise<string[]> {
  const { stdout } = await program.run(['check', '--offline', '--format', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  const books = checks.filter(({ name }) => /^(books|drift):/.test(name));
  if (books.length !== 2 * story.traders.length) return [`check looks at ${books.length} books`];
  return books
    .filter(({ message }) => !CONTENTED.test(message))
    .map(({ name, message }) => `${name}: ${message}`);
}
