import type { Row } from './row.js';

/** The area of the program, and a number there. */
export type FoundId = `${'A' | 'B' | 'C' | 'D' | 'E' | 'F'}${number}`;

/**
 * Faults that were found with real-world inputs. Each test failed on the program in which its fault was
 * found.
 */
export const FOUND: Readonly<Partial<Record<FoundId, Row>>> = {};
