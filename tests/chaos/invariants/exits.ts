import type { Evidence } from '../evidence.js';
import type { EndedRun } from '../round.js';

const BUSY = 75;
const PARTIAL = 3;

/** Every run ends, as what befell it allows. */
export const exits = (evidence: Evidence): string[] =>
  evidence.runs.flatMap((run) => {
    const { plan, result, hung, report } = run;
    const { code, stdout, stderr } = result;
    const said = `the sync that was ${plan.mishap.name} ended with ${String(code)}`;
    if (hung) return [`${said}: it did not end by itself\n${stdout}${stderr}`];
    if (!allowed(evidence, run).has(code)) return [`${said}\n${stdout}${stderr}`];
    // Who is killed may have said all before.
    const told = code === null || report === undefined || report.exitCode === code;
    return told ? [] : [`${said} and says ${report.exitCode}`];
  });

function allowed({ codes, runs, leasesLeft }: Evidence, { plan }: EndedRun): ReadonlySet<number | null> {
  const besides = runs.length > 1 || leasesLeft ? [BUSY, PARTIAL] : [];
  return new Set([...codes, ...plan.mishap.codes, ...besides]);
}
