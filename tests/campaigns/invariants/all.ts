import type { Evidence, Invariant } from '../evidence.js';
import { books } from './books.js';
import { cursors } from './cursors.js';
import { events } from './events.js';
import { exits } from './exits.js';
import { leases } from './leases.js';
import { readings } from './readings.js';
import { syncHistory } from './sync-history.js';
import { wholeAccounts } from './whole-accounts.js';

/** What holds after every round, whatever befell it. */
const INVARIANTS: readonly (readonly [name: string, invariant: Invariant])[] = [
  ['every run ends, as what befell it allows', exits],
  ['no account is stored in part', wholeAccounts],
  ['no event is lost or doubled', events],
  ['no cursor is past what was told', cursors],
  ['the books equal a full replay', books],
  ['snapshots are of whole readings', readings],
  ['sync_history tells the truth', syncHistory],
  ['leases are free or end', leases],
];

/** What is wrong after a round, with the rows. */
export async function examine(evidence: Evidence): Promise<string[]> {
  const found: string[] = [];
  for (const [name, invariant] of INVARIANTS)
    found.push(...(await invariant(evidence)).map((wrong) => `${name}: ${wrong}`));
  return found;
}
