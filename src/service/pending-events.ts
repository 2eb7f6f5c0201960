import { type Resolve, resolved, type ResolvedEvent } from '../accounting/resolve.js';
import {
  type AccountEvent,
  balanceChanges,
  type Entry,
  eventKey,
  hasMovedBalances,
  isSameEvent,
  legOf,
} from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import { type EventIdentity, lastOfEach } from '../repository/event-rows.js';
import type { EventPage } from '../repository/stored-events.js';

/** Events that only the final commit will store. */
export interface PendingEvents {
  readonly events: readonly AccountEvent[];
  /** Stored openings of which nothing is left. */
  readonly removed: readonly EventIdentity[];
  /** Those of the events that are new or differ from what is stored. */
  readonly fresh: readonly AccountEvent[];
  /** What these change of each balance; of a changed event only the difference. */
  readonly changes: ReadonlyMap<string, Decimal>;
  /** The earliest time (ms) whose ledger they affect; undefined if they affect none. */
  readonly affectedFrom: number | undefined;
}

/** Used if everything is stored already. */
export const NOTHING_PENDING: PendingEvents = {
  events: [],
  removed: [],
  fresh: [],
  changes: new Map(),
  affectedFrom: undefined,
};

/** Compares what was read with what is stored of the same identities. */
export function comparePending(
  read: readonly AccountEvent[],
  stored: readonly AccountEvent[],
): PendingEvents {
  const known = new Map(stored.map((event) => [eventKey(event), event]));
  // A transaction that is known once stays known, whether the exchange or the user named it.
  const events = lastOfEach(read, eventKey).map((event) => ({
    ...event,
    txid: event.txid ?? known.get(eventKey(event))?.txid,
  }));
  const fresh = events.filter((event) => {
    const before = known.get(eventKey(event));
    return !before || !isSameEvent(before, event);
  });
  const replaced = fresh.flatMap((event) => known.get(eventKey(event)) ?? []);
  return {
    events,
    removed: [],
    fresh,
    changes: difference(balanceChanges(fresh), balanceChanges(replaced)),
    affectedFrom: earliest([...fresh, ...replaced]),
  };
}

function difference(changes: Map<string, Decimal>, before: ReadonlyMap<string, Decimal>) {
  for (const [asset, amount] of before) changes.set(asset, (changes.get(asset) ?? ZERO).minus(amount));
  return changes;
}

/** A page may hold more events than a call takes arguments. */
const earliest = (events: readonly AccountEvent[]): number | undefined =>
  events.reduce<number | undefined>((first, { time }) => Math.min(first ?? time, time), undefined);

/** With further entries; `before` are those that they change. An entry of nothing is removed. */
export function withEntries(
  pending: PendingEvents,
  entries: readonly Entry[],
  before: readonly Entry[],
): PendingEvents {
  const changed = before.filter(({ id }) => entries.some((entry) => entry.id === id));
  const isEmpty = (entry: Entry) => legOf(entry, 'moved').amount.isZero();
  return {
    ...pending,
    events: [...pending.events, ...entries.filter((entry) => !isEmpty(entry))],
    removed: [...pending.removed, ...entries.filter(isEmpty)],
    affectedFrom: Math.min(pending.affectedFrom ?? Infinity, earliest([...entries, ...changed]) ?? Infinity),
  };
}

/** The events to apply of a page of stored ones. */
export type Overlay = (page: EventPage, after: number | undefined) => ResolvedEvent[];

/** The stored events of a page, with those that wait for the commit instead of their stored versions. */
export function overlayOf(pending: PendingEvents, resolve: Resolve): Overlay {
  const moved = (events: readonly AccountEvent[]) =>
    events.filter(hasMovedBalances).map((event) => resolved(event, resolve(event)));
  const replaced = new Set([...pending.events, ...pending.removed].map(eventKey));
  const waiting = moved(pending.events);
  return (page, after) => {
    const [from, until] = [after ?? -Infinity, page.until ?? Infinity];
    return [
      ...moved(page.events.filter((event) => !replaced.has(eventKey(event)))),
      ...waiting.filter(({ time }) => time > from && time <= until),
    ];
  };
}
