import { type Row, row } from './row.js';

/** The area of the program, and a number there. */
export type FoundId = `${'A' | 'B' | 'C' | 'D' | 'E' | 'F'}${number}`;

/**
 * Faults that were found with real-world inputs. Each test failed on the program in which its fault was
 * found.
 */
export const FOUND: Readonly<Partial<Record<FoundId, Row>>> = {
  D3: row('many accounts and a long history of runs', 'queries read rows by index alone', '0'),
  D4: row('an asset that never had a price', 'its last price is no search through all snapshots', '0'),
  D6: row("this machine's clock is a day ahead", 'a commit is dated by the database', '0; `check` 2'),
  D7: row('others write runs to `sync_history`', 'own runs are in a table of their own', '`check` 2'),
  E14: row("AlphaPulse's tables", 'what differs from AlphaPulse is documented', '0'),
};
