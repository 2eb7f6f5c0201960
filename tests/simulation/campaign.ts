import type { Sql } from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import type { Simulator } from '../simulator/simulator.js';
import type { CliResult } from '../support/cli.js';
import { withSql } from '../support/with-sql.js';
import { type Disturbance, DISTURBANCES } from './disturbances.js';
import { openProgram, type Program, serverEnv } from './program.js';
import type { Random } from './random.js';
import { FIRST_DAY } from './beginning.js';
import type { Story } from './story.js';

const FIRST_CUT = 0.3;
/** A cost that travels on from account to account is settled by one run each way. */
const MOST_RUNS_TO_SETTLE = 40;
export const SYNC = ['sync', '--since', new Date(FIRST_DAY).toISOString().slice(0, 10)];

export interface Run {
  readonly what: string;
  readonly code: number | null;
  readonly milliseconds: number;
  readonly requests: number;
}

export interface Stage {
  readonly story: Story;
  readonly simulator: Simulator;
  readonly random: Random;
  readonly database: ServerSettings;
}

/** The history of so many trades, synced in so many random cuts while it grows, some of them disturbed. */
export async function syncInCuts(stage: Stage, trades: number, cuts: number): Promise<Run[]> {
  const { story, random } = stage;
  const program = openProgram(story, stage.simulator.url, serverEnv(stage.database));
  const runs: Run[] = [];
  for (const count of randomCuts(random, trades, cuts)) {
    story.tell(count);
    runs.push(await syncOnce(stage, program, random.weighted(DISTURBANCES)));
  }
  story.end();
  runs.push(...(await settled(stage, program)));
  program.end();
  return runs;
}

/** The whole history in one sync, into an empty database. */
export async function syncAtOnce(stage: Stage): Promise<Run[]> {
  const program = openProgram(stage.story, stage.simulator.url, serverEnv(stage.database));
  const runs = await settled(stage, program);
  program.end();
  return runs;
}

/** Numbers of trades, rising: a first backfill, then cuts anywhere. */
function randomCuts(random: Random, trades: number, cuts: number): number[] {
  const first = Math.floor(trades * FIRST_CUT);
  const others = Array.from({ length: cuts - 2 }, () => random.whole(first, trades));
  return [first, ...others, trades].sort((a, b) => a - b);
}

const UNDISTURBED: Disturbance = { name: 'undisturbed', codes: [0], draw: () => ({}) };

async function settled(stage: Stage, program: Program): Promise<Run[]> {
  const runs: Run[] = [];
  do runs.push(await syncOnce(stage, program, UNDISTURBED));
  while (runs.length < MOST_RUNS_TO_SETTLE && (await isBehind(program)));
  return runs;
}

/** Whether books wait for the next sync. */
export async function isBehind(program: Program): Promise<boolean> {
  const { stdout } = await program.run(['check', '--offline']);
  return stdout.includes('the next sync applies');
}

async function syncOnce(
  { story, simulator, random, database }: Stage,
  program: Program,
  { name, codes, draw }: Disturbance,
): Promise<Run> {
  simulator.requests.length = 0;
  const startedAt = performance.now();
  story.world.start();
  const { prepare, befall } = draw(random);
  prepare?.({ story, simulator });
  const run = program.start(SYNC);
  await befall?.({ story, simulator }, run);
  const result = await run.ended;
  story.world.stop();
  simulator.faults.clear();
  if (!codes.includes(result.code)) throw unexpected(name, result);
  if (result.code === null) await withSql(database, endLeases);
  const milliseconds = Math.round(performance.now() - startedAt);
  return { what: name, code: result.code, milliseconds, requests: simulator.requests.length };
}

const unexpected = (what: string, { code, stdout, stderr }: CliResult): Error =>
  new Error(`a sync that was ${what} ended with ${String(code)}:\n${stdout}${stderr}`);

/** Of a run that was killed: as if its time had passed, by whatever clock. */
export async function endLeases(sql: Sql): Promise<void> {
  const [known] = await sql`select to_regclass('exchange_sync.leases') is not null as there`;
  if (known?.['there']) await sql`update exchange_sync.leases set expires_at = '-infinity'`;
}
