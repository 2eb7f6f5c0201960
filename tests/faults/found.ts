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
  E8: row('an account that was never synced, beside others', 'every view and format names it', '0'),
  E9: row('`show` of an asset or account without records', 'it names what is there instead', '66'),
  E10: row('a deposit between two snapshots', 'the gain excludes it, the value beside it has no colour', '0'),
  E13: row('a marked P&L in a table over all accounts', 'the note of the mark says what it covers', '0'),
  E15: row('a sync that goes well', 'the log has a line for each account and one for the run', '0'),
  E16: row('`check` on a terminal', 'findings first, a line per healthy account; perfdata is bounded', '1'),
  F1: row('a coin without a direct market at that time', 'priced over BTC at that minute', '0'),
  F2: row('income from before its market opened', 'unknown cost and no profit, never a cost of zero', '0'),
};
