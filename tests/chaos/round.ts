import { setTimeout as pause } from 'node:timers/promises';
import { SYNC } from '../simulation/campaign.js';
import type { Disturbed } from '../simulation/disturbances.js';
import type { Program } from '../simulation/program.js';
import type { CliResult, RunningCli } from '../support/cli.js';
import type { RoundPlan, RunPlan } from './plan.js';
import { type Report, reportIn } from './report.js';

/** Longer than any run takes, whatever befalls it. */
const LONGEST_RUN_MS = 120_000;

/** A process that has ended, or that had to be ended because it did not. */
export interface EndedRun {
  readonly plan: RunPlan<never>;
  readonly pid: number;
  readonly result: CliResult;
  readonly hung: boolean;
  /** What it said of itself at its end. */
  readonly report: Report | undefined;
}

/** Starts the processes of a round and lets befall them what was drawn; resolves once all is over. */
export async function playRound<Where extends Disturbed>(
  where: Where,
  program: Program,
  plan: RoundPlan<Where>,
): Promise<EndedRun[]> {
  const { story, simulator } = where;
  simulator.requests.length = 0;
  story.world.start();
  for (const { prepare } of plan.troubles) prepare?.(where);
  const args = plan.troubles.flatMap((trouble) => trouble.args ?? []);
  const runs = Promise.all(plan.runs.map((run) => playRun(where, program, run, args)));
  const befallen = plan.troubles.map(({ befall }) => befall?.(where, { ended: runs }));
  const [ended] = await Promise.all([runs, ...befallen]);
  story.world.stop();
  simulator.faults.clear();
  return ended;
}

async function playRun<Where extends Disturbed>(
  where: Where,
  program: Program,
  plan: RunPlan<Where>,
  args: readonly string[],
): Promise<EndedRun> {
  await pause(plan.delayMs);
  const { mishap, accounts } = plan;
  mishap.prepare?.(where);
  const named = accounts.flatMap((account) => ['--exchange', account]);
  const run = program.start([...SYNC, '--json', ...named, ...args], mishap.clock);
  const [{ result, hung }] = await Promise.all([bounded(run), mishap.befall?.(where, run)]);
  return { plan, pid: run.child.pid ?? 0, result, hung, report: reportIn(result.stdout) };
}

async function bounded({ child, ended }: RunningCli) {
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, LONGEST_RUN_MS);
  const result = await ended;
  clearTimeout(timer);
  return { result, hung };
}
