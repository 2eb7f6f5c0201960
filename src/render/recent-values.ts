import { DAY_MS, isComparable, snapshotsOf } from '../models/value-change.js';
import type { AccountId } from '../models/account.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Snapshot } from '../models/history.js';

const CELLS = 28;
const CELL_MS = (7 * DAY_MS) / CELLS;

/** The value of the accounts together in each quarter of the last seven days, undefined where it is not known. */
export function recentValues(
  accounts: readonly AccountId[],
  recent: readonly Snapshot[],
  now: number,
): readonly (Decimal | undefined)[] {
  const lines = accounts.map((account) => cellsOf(snapshotsOf(account, recent), now));
  return Array.from({ length: CELLS }, (_, at) =>
    lines.reduce<Decimal | undefined>((sum, cells) => {
      const value = cells[at];
      return value && sum?.plus(value);
    }, ZERO),
  );
}

function cellsOf(snapshots: readonly Snapshot[], now: number): readonly (Decimal | undefined)[] {
  const newest = snapshots.at(-1);
  const cells = new Array<Decimal | undefined>(CELLS).fill(undefined);
  for (const snapshot of snapshots) {
    const at = CELLS - 1 - Math.floor(Math.max(0, now - snapshot.takenAt) / CELL_MS);
    if (at >= 0 && newest && isComparable(snapshot, newest)) cells[at] = snapshot.value;
  }
  return cells;
}
