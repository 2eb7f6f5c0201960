import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type InvariantName, wrongWith } from '../chaos/invariants/all.js';
import type { Trial } from './trial.js';

/** Enough for every break to show; what is drawn differs from run to run only by the moment of a kill. */
const OPTIONS = ['--seed', '20261126', '--runs', '60', '--bail'];

/** Disturbs random histories in a copy of the project until one is wrong: by the invariant, or it is an error. */
export async function tryCampaigns(folder: string, invariant: InvariantName): Promise<Trial> {
  const child = spawn(process.execPath, ['dist/tests/chaos/main.js', ...OPTIONS], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return campaignTrialOf(stdout, stderr, invariant);
}

export function campaignTrialOf(stdout: string, stderr: string, invariant: InvariantName): Trial {
  const own = stdout.split('\n').find((line) => line.startsWith(`  ${wrongWith(invariant)}`));
  if (own !== undefined) return { outcome: 'failed', reason: own };
  if (/^\d+ rounds, 0 wrong,/m.test(stdout)) return { outcome: 'passed', reason: '' };
  return { outcome: 'error', reason: `${stdout.slice(-LONGEST)}\n${stderr}` };
}

const LONGEST = 1_000;
