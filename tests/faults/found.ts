import { type Row, row } from './row.js';

/** The area of the program, and a number there. */
export type FoundId = `${'A' | 'B' | 'C' | 'D' | 'E' | 'F'}${number}`;

/**
 * Faults that were found with real-world inputs. Each test failed on the program in which its fault was
 * found.
 */
export const FOUND: Readonly<Partial<Record<FoundId, Row>>> = {
  F2: row('income from before its market opened', 'unknown cost and no profit, never a cost of zero', '0'),
};
