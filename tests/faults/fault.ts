import { test } from '@jest/globals';
import { type FaultNumber, titleOf } from './matrix.js';

/** The one test of a row of the matrix, which names it. */
export function fault(number: FaultNumber, prove: () => Promise<void>, timeoutMs?: number): void {
  test(titleOf(number), prove, timeoutMs);
}
