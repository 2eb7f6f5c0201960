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
const INVARIANTS = [
  ['every run ends, as what befell it allows', exits],
  ['no account is stored in part', wholeAccounts],
  ['no event is lost or doubled', events],
  ['no cursor is past what was told', cursors],
  ['the books equal a full replay', books],
  ['snapshots are of whole readings', readings],
  ['sync_history tells the truth', syncHistory],
  ['leases are free or end', leases],
] as const satisfies readonly (readonly [name: string, invariant: Invariant])[];

/** The last holds once no round disturbs any more. */
export const NAMES = [...INVARIANTS.map(([name]) => name), 'the last sync brings the whole truth'] as const;
export type InvariantName = (typeof NAMES)[number];

/** How the lines begin that say what is wrong with one. */
export const wrongWith = (name: InvariantName): string => `${name}: `;

/** What is wrong after a round, with the rows. */
export async function examine(evidence: Evidence): Promise<string[]> {
  const found: string[] = [];
  for (const [name, invariant] of INVARIANTS)
    found.push(...(await invariant(evidence)).map((wrong) => wrongWith(name) + wrong));
  return found;
}
