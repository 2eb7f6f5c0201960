import { type CheckResult, type Subject, subjectOf } from '../models/check.js';
import { type Check, type CheckContext, failed } from './checks/check.js';
import { configuration, envFile } from './checks/configuration.js';
import { database } from './checks/database.js';
import { exchange } from './checks/exchange.js';
import { metrics } from './checks/metrics.js';

/** The checks in the order of the output; adding one is one line. */
const CHECKS: readonly Check[] = [configuration, envFile, metrics, database, exchange];

/** The findings of the selected checks, in order. A check that fails itself is a finding; the others still run. */
export async function runChecks(context: CheckContext): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { subjects, run } of CHECKS) {
    const [first] = subjects.filter(context.wanted);
    if (first === undefined) continue;
    const found = await run(context).catch((error: unknown) => [failed(first, error)]);
    results.push(...found.filter((one) => isWanted(context, one) || explains(one)));
  }
  return results;
}

const isWanted = ({ wanted }: CheckContext, found: CheckResult): boolean =>
  wanted(subjectOf(found) as Subject);

/** A finding that explains why selected checks could not run is reported although it was not selected. */
const explains = ({ state }: CheckResult): boolean => state === 'critical' || state === 'unknown';
