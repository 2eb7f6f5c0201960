import { MAX_EARLY_MS } from '../accounting/match-transfers.js';
import { compareEvents } from '../accounting/order.js';
import type { ResolvedEvent } from '../accounting/resolve.js';
import type { AccountId } from '../models/account.js';
import { type EventPage, fetchEventPage } from '../repository/stored-events.js';
import type { Overlay } from './pending-events.js';
import { readStored, type StoredSource, type SyncContext } from './sync-context.js';

const NO_EVENTS: EventPage = { events: [], until: undefined };

/**
 * The account's events after a time (ms), sorted and in batches, so that memory does not grow with the history.
 * A matched withdrawal may take effect some minutes before its stored time, so the end of each page waits for
 * the next one, and events that took effect up to `after` are not returned again.
 */
export async function* eventsAfter(
  source: StoredSource & Pick<SyncContext, 'signal'>,
  account: AccountId,
  after: number | undefined,
  overlay: Overlay,
): AsyncGenerator<readonly ResolvedEvent[]> {
  let waiting: ResolvedEvent[] = [];
  let from = after;
  for (;;) {
    source.signal.throwIfAborted();
    const start = from;
    const page = await readStored(source, NO_EVENTS, (sql) => fetchEventPage(sql, account, start));
    const events = [...waiting, ...overlay(page, start)]
      .filter(({ time }) => after === undefined || time > after)
      .sort(compareEvents);
    const edge = page.until === undefined ? Infinity : page.until - MAX_EARLY_MS - 1;
    const first = events.findIndex(({ time }) => time > edge);
    const ready = first < 0 ? events : events.slice(0, first);
    waiting = first < 0 ? [] : events.slice(first);
    if (ready.length > 0) yield ready;
    if (page.until === undefined) return;
    from = page.until;
  }
}
