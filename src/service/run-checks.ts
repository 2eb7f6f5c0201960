import { type CheckResult, type Subject, subjectOf } from '../models/check.js';
import { type Check, type CheckContext, failed } from './checks/check.js';
import { configuration, envFile } from './checks/configuration.js';
import { database } from './checks/database.js';
import { exchange } from './checks/exchange.js';
import { metrics } from './checks/metrics.js';

/** In the order in which a person would look; adding a check is one line. */
const CHECKS: readonly Check[] = [configuration, envFile, metrics, database, exchange];

/** All findings of what is wanted, in order. A check that itself fails is a finding; the others still run. */
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

/** Why nothing could be found of what is wanted must be said though nobody asked for it. */
const explains = ({ state }: CheckResult): boolean => state === 'critical' || state === 'unknown';
