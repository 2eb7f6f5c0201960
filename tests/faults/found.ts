import { type Row, row } from './row.js';

/** The area of the program, and a number there. */
export type FoundId = `${'A' | 'B' | 'C' | 'D' | 'E' | 'F'}${number}`;

/**
 * Faults that were found with real-world inputs. Each test failed on the program in which its fault was
 * found.
 */
export const FOUND: Readonly<Partial<Record<FoundId, Row>>> = {
  A1: row('built by one user, run by another, from a read-only folder', 'starts', '0'),
  A2: row(
    'no HOME, or a user without an entry in the password file',
    'works with EXCHANGE_SYNC_DATA_DIR or a server database; else it names that setting',
    '0, 78',
  ),
};
