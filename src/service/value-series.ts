import type { AccountId } from '../models/account.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Gap, Snapshot, ValuePoint, ValueSeries } from '../models/history.js';
import { keptEvery } from '../models/retention.js';
import { HOUR_MS } from '../models/day.js';

const MIN_GAP_MS = 2 * HOUR_MS;
/** So many usual pauses between two snapshots are a gap. */
const GAP_PAUSES = 3;

type Point = Omit<ValuePoint, 'joined'>;

/** The longest time (ms) from a snapshot of that time to the next that is not yet a gap. */
type Patience = (from: number) => number;

/** Up to `now` (ms), and of each `every` ms before it at most one snapshot of an account; 0: all of them. */
interface Sampled {
  readonly now: number;
  readonly every: number;
}

/** The snapshots of one account, oldest first, as a series that ends at `now`. */
export function accountSeries(snapshots: readonly Snapshot[], sampled: Sampled): ValueSeries {
  return seriesOf(
    snapshots.map(({ account, takenAt, complete, value, unpriced }) => ({
      time: takenAt,
      value,
      complete,
      accounts: [account],
      unpriced,
    })),
    sampled,
  );
}

/**
 * The sum of the accounts after each run: of each account its newest snapshot. One that is older than
 * its account's usual pauses makes the sum incomplete; an account counts from its first snapshot on.
 */
export function totalSeries(snapshots: readonly Snapshot[], sampled: Sampled): ValueSeries {
  const patience = patienceByAccount(snapshots, sampled);
  const newest = new Map<AccountId, Snapshot>();
  const points = snapshots.flatMap((snapshot, at) => {
    newest.set(snapshot.account, snapshot);
    const next = snapshots[at + 1];
    // Accounts of one run are stored a moment apart; those that are synced apart have one sum for each part.
    if (next?.runId === snapshot.runId) return [];
    if (next && isOnePart(snapshot.takenAt, next.takenAt, sampled)) return [];
    return [sumOf([...newest.values()], snapshot.takenAt, patience)];
  });
  return seriesOf(points, sampled);
}

/** Whether each account has one snapshot at most of both times: thinned out by a sync, or sampled. */
function isOnePart(time: number, next: number, { now, every }: Sampled): boolean {
  const kept = keptEvery(next, now);
  if (kept > every) return Math.floor(time / kept) === Math.floor(next / kept);
  return every > 0 && Math.floor((time - now) / every) === Math.floor((next - now) / every);
}

function patienceByAccount(
  snapshots: readonly Snapshot[],
  sampled: Sampled,
): ReadonlyMap<AccountId, Patience> {
  const accounts = new Set(snapshots.map(({ account }) => account));
  return new Map(
    [...accounts].map((account) => [
      account,
      patienceOf(
        snapshots.filter((snapshot) => snapshot.account === account).map((it) => it.takenAt),
        sampled,
      ),
    ]),
  );
}

function sumOf(newest: readonly Snapshot[], time: number, patience: ReadonlyMap<AccountId, Patience>): Point {
  const fresh = newest.every(
    ({ account, takenAt }) => time - takenAt <= (patience.get(account)?.(takenAt) ?? 0),
  );
  return {
    time,
    value: sum(newest.map(({ value }) => value)),
    complete: fresh && newest.every(({ complete }) => complete),
    accounts: newest.map(({ account }) => account).sort(),
    unpriced: [...new Set(newest.flatMap(({ unpriced }) => unpriced))].sort(),
  };
}

function sum(values: readonly (Decimal | undefined)[]): Decimal | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total.plus(value), ZERO);
}

function seriesOf(points: readonly Point[], sampled: Sampled): ValueSeries {
  const patience = patienceOf(
    points.map(({ time }) => time),
    sampled,
  );
  let before: Point | undefined;
  const joined = points.map((point) => {
    if (!isWhole(point)) return { ...point, joined: false };
    const follows =
      before !== undefined && point.time - before.time <= patience(before.time) && isAlike(before, point);
    before = point;
    return { ...point, joined: follows };
  });
  const times = points.filter(isWhole).map(({ time }) => time);
  return { points: joined, gaps: gapsIn([...times, sampled.now], patience) };
}

const isWhole = ({ complete, value }: Point): boolean => complete && value !== undefined;

/** Otherwise a coin that lost its price would look like a loss, and a new account like a gain. */
const isAlike = (one: Point, other: Point): boolean =>
  JSON.stringify([one.accounts, one.unpriced.toSorted()]) ===
  JSON.stringify([other.accounts, other.unpriced.toSorted()]);

function gapsIn(times: readonly number[], patience: Patience): readonly Gap[] {
  return times.flatMap((to, at) => {
    const from = times[at - 1];
    return from !== undefined && to - from > patience(from) ? [{ from, to }] : [];
  });
}

/** Three times the median of recent pauses, and if only one snapshot of each part is there two of the parts. */
function patienceOf(times: readonly number[], { now, every }: Sampled): Patience {
  const part = (time: number) => Math.max(every, keptEvery(time, now));
  const recent = times.filter((time) => part(time) === every);
  const usual = medianPause(recent.length > 1 ? recent : times);
  return (from) => Math.max(GAP_PAUSES * usual, MIN_GAP_MS, 2 * part(from));
}

function medianPause(times: readonly number[]): number {
  const pauses = times.slice(1).map((time, at) => time - (times[at] ?? time));
  return pauses.toSorted((a, b) => a - b)[Math.floor((pauses.length - 1) / 2)] ?? 0;
}
