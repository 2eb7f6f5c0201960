import { test } from '@jest/globals';
import { watchedRuns } from '../support/left-secrets.js';
import { type FaultId, titleOf } from './matrix.js';

/** The one test of a row of the matrix, which names it; what its runs say and leave is searched for their secrets. */
export function fault(number: FaultId, prove: () => Promise<void>, timeoutMs?: number): void {
  const proveWatched = async () => {
    const before = watchedRuns();
    await prove();
    if (watchedRuns() === before) throw new Error('no run of it was watched for secrets');
  };
  test(titleOf(number), proveWatched, timeoutMs);
}
