import type { CheckResult } from '../../models/check.js';
import { checkExit, STATES } from '../check-status.js';
import { jsonText, SCHEMA_VERSION } from './text.js';

/** The checks for a machine; null for a result without a remedy. */
export function renderCheckJson(results: readonly CheckResult[]): string {
  const exit = checkExit(results);
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    status: STATES[exit],
    exitCode: exit,
    checks: results.map((result) => ({
      ...result,
      remedy: result.remedy ?? null,
      information: result.information ?? false,
    })),
  });
}
