import type { CheckResult } from '../models/check.js';
import { type Check, type CheckContext, failed } from './checks/check.js';
import { configuration, envFile } from './checks/configuration.js';
import { database } from './checks/database.js';
import { exchange } from './checks/exchange.js';

/** In the order in which a person would look; adding a check is one line. */
const CHECKS: readonly Check[] = [configuration, envFile, database, exchange];

/** All findings in order. A check that itself fails is a finding; the others still run. */
export async function runChecks(context: CheckContext): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of CHECKS) {
    results.push(...(await check.run(context).catch((error: unknown) => [failed(check.name, error)])));
  }
  return results;
}
