import type { AccountId } from '../models/account.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Snapshot } from '../models/history.js';
import { percentOf } from '../models/figures.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

/** Times over which a change is reported; the snapshot before it may be older by `slack`. */
export const SPANS = [
  { name: '24 h', field: 'day', length: DAY_MS, slack: 6 * HOUR_MS },
  { name: '7 d', field: 'week', length: 7 * DAY_MS, slack: DAY_MS },
] as const;

export type Span = (typeof SPANS)[number];

/** How a value changed between two snapshots, with and without deposits and withdrawals. */
export interface ValueChange {
  /** Time (ms) of the snapshot before; of several accounts the earliest. */
  readonly since: number;
  /** Value after less value before: deposits and withdrawals are in it. */
  readonly change: Decimal;
  /** Of the value before; undefined if that was nothing. */
  readonly percent: Decimal | undefined;
  /** Deposits less withdrawals at the market of their time; undefined if they cannot be valued. */
  readonly netFlows: Decimal | undefined;
  /** `change` less `netFlows`: what the account gained by itself. */
  readonly gain: Decimal | undefined;
  /** Of the value before, and of what came in net after it. */
  readonly gainPercent: Decimal | undefined;
}

/** Two snapshots of an account that can be compared, with their values. */
export interface ChangeEnds {
  readonly before: Snapshot;
  readonly newest: Snapshot;
  readonly from: Decimal;
  readonly to: Decimal;
}

/** Of the accounts together; undefined as soon as one has no two snapshots that can be compared. */
export function valueChange(
  accounts: readonly AccountId[],
  recent: readonly Snapshot[],
  span: Span,
  now: number,
): ValueChange | undefined {
  const ends = accounts.flatMap((account) => changeEnds(snapshotsOf(account, recent), span, now) ?? []);
  if (ends.length === 0 || ends.length < accounts.length) return undefined;
  const from = ends.reduce((sum, one) => sum.plus(one.from), ZERO);
  const change = ends.reduce((sum, one) => sum.plus(one.to), ZERO).minus(from);
  const netFlows = ends.reduce<Decimal | undefined>(
    (sum, { before }) => before.netFlowsSince && sum?.plus(before.netFlowsSince),
    ZERO,
  );
  const gain = netFlows && change.minus(netFlows);
  return {
    since: Math.min(...ends.map(({ before }) => before.takenAt)),
    change,
    percent: percentOf(change, from),
    netFlows,
    gain,
    gainPercent: percentOf(gain, netFlows?.isPositive() ? from.plus(netFlows) : from),
  };
}

export const snapshotsOf = (account: AccountId, recent: readonly Snapshot[]): readonly Snapshot[] =>
  recent.filter((snapshot) => snapshot.account === account);

/** The newest snapshot, and the one that counts the same and is just old enough. */
export function changeEnds(
  snapshots: readonly Snapshot[],
  { length, slack }: Span,
  now: number,
): ChangeEnds | undefined {
  const newest = snapshots.at(-1);
  const then = now - length;
  if (!newest?.value || !newest.complete || newest.takenAt <= then) return undefined;
  const before = snapshots.findLast(
    (one) => one.takenAt <= then && one.takenAt >= then - slack && isComparable(one, newest),
  );
  return before?.value && { before, newest, from: before.value, to: newest.value };
}

/** Otherwise a coin that lost its price would look like a loss. */
const isComparable = (one: Snapshot, other: Snapshot): boolean =>
  one.complete &&
  one.value !== undefined &&
  one.unpriced.toSorted().join('\n') === other.unpriced.toSorted().join('\n');

const CELLS = 28;
const CELL_MS = (7 * DAY_MS) / CELLS;

/** The value of the accounts together in each quarter of the last seven days, undefined if it is not known. */
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
