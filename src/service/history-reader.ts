import type { ExchangeClient, HistoryPage, ReadAgain } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';
import type { AccountEvent, EventType } from '../models/account-event.js';
import type { AccountId } from '../models/account.js';
import { streamPart } from '../models/coverage.js';
import { isoDay } from '../models/day.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Cursor, Stream } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { saveHistoryPage } from '../repository/history-page.js';
import { fetchKnownEvents } from '../repository/stored-events.js';
import type { AccountSession } from './account-session.js';
import type { StoredAccount } from './account-state.js';
import type { Parts } from './parts.js';
import { comparePending, NOTHING_PENDING, type PendingEvents } from './pending-events.js';
import { beginOf, isLookBackDue } from './stream-begins.js';
import { runConcurrently } from './run-concurrently.js';
import { leaseLost, readStored, type SyncContext } from './sync-context.js';
import { UnreadFound } from './unread-found.js';

export interface History {
  /** Events that only the final commit stores. */
  readonly pending: PendingEvents;
  readonly cursors: readonly Cursor[];
  /** How many events are new or changed. */
  readonly newEvents: ReadonlyMap<EventType, number>;
  /** The change of each balance by the new events. */
  readonly changes: ReadonlyMap<string, Decimal>;
  /** Records that cannot be interpreted, to be stored by the final commit. */
  readonly unread: readonly StreamUnreadRecord[];
  /** Stored ones that are among the pending events now. */
  readonly resolved: readonly StreamUnreadRecord[];
  readonly unreadFound: ReturnType<UnreadFound['summary']>;
}

/** Reads the streams of an account, and stores the pages of a backfill with their cursor. */
export class HistoryReader {
  readonly #context: SyncContext;
  readonly #account: AccountId;
  readonly #client: ExchangeClient;
  readonly #stored: StoredAccount;
  readonly #parts: Parts;
  readonly #cursors = new Map<Stream, Cursor>();
  readonly #changes = new Map<string, Decimal>();
  readonly #waiting: HistoryPage[] = [];
  readonly #unread: UnreadFound;
  #again: ReadAgain = { events: [], resolved: [] };
  #compared = { events: 0, pending: NOTHING_PENDING };
  readonly #newEvents = new Map<EventType, number>();

  constructor({ context, account, client, stored, parts }: AccountSession) {
    this.#context = context;
    this.#account = account.id;
    this.#client = client;
    this.#stored = stored;
    this.#parts = parts;
    this.#unread = new UnreadFound(stored.unread);
  }

  /** Interprets stored unread records again: this version may be able to, or the markets may have changed. */
  async readAgain(): Promise<void> {
    this.#again = await this.#client.readAgain(this.#stored.unread);
  }

  /** `isSought`: they are read because a balance is unexplained. */
  async read(streams: readonly Stream[], isSought = false): Promise<void> {
    const begins = streams
      .filter((stream) => this.#parts.wants(streamPart(stream)))
      .map((stream) => this.#beginOf(stream) ?? this.#client.firstCursor(stream, this.#context.since));
    this.#context.progress.planned(begins.reduce((sum, one) => sum + this.#client.countWindows(one), 0));
    const [first, ...others] = new Set(begins.map(({ stream }) => this.#wholeOf(stream)));
    const readPath = (whole: Stream) => this.#readPath(whole, begins, isSought);
    // Alone: it shows whether the key is good and the host answers.
    if (first) await readPath(first);
    await runConcurrently(others, this.#client.maxStreamsAtOnce, readPath);
  }

  /** Streams of one path are read one after the other: if it is refused, that is known of the next one. */
  async #readPath(whole: Stream, begins: readonly Cursor[], isSought: boolean): Promise<void> {
    for (const begin of begins.filter(({ stream }) => this.#wholeOf(stream) === whole)) {
      if (!this.#parts.wants(streamPart(whole))) return;
      try {
        await this.#readOne(begin);
      } catch (error) {
        await this.#contain(error, begin.stream, isSought);
      }
    }
  }

  #beginOf(stream: Stream): Cursor | undefined {
    const isDue = isLookBackDue(this.#stored.cache, Date.now());
    return beginOf(stream, this.#stored, isDue ? this.#client.lookBackMs(stream) : 0);
  }

  /** All markets of a stream that is read market by market, otherwise the stream. */
  #wholeOf(stream: Stream): Stream {
    return this.#client.byMarket.find((whole) => stream.startsWith(`${whole}:`)) ?? stream;
  }

  /** A refused path is refused for every market of it; anything else is a failure of the market alone. */
  async #contain(error: unknown, stream: Stream, isSought: boolean): Promise<void> {
    const cursor = this.#stored.cursors.find((known) => known.stream === stream);
    const whole = this.#wholeOf(stream);
    const isPath = error instanceof PartFailure && error.status !== 'failed';
    const part = isPath ? whole : stream;
    const wasRead = this.#stored.cursors.some((known) => this.#wholeOf(known.stream) === whole);
    // A market that is only checked in rotation probably has no trades of this account.
    const isSwept = part !== whole && cursor?.window === undefined && !isSought;
    await this.#parts.contain(streamPart(part), error, { wasRead, affects: !isSwept });
  }

  async #readOne(begin: Cursor): Promise<void> {
    let held: HistoryPage | undefined;
    for await (const page of this.#client.readHistory(begin, this.#context.progress.read)) {
      if (held) await this.#keep(held);
      this.#unread.note(page.unread);
      held = page;
    }
    if (!held) return;
    this.#waiting.push(held);
    this.#cursors.set(begin.stream, held.cursor);
  }

  /** The cursor of every stream, including those read now. */
  cursors(): readonly Cursor[] {
    const others = this.#stored.cursors.filter(({ stream }) => !this.#cursors.has(stream));
    return [...others, ...this.#cursors.values()];
  }

  /** Everything read so far, compared with what is stored. */
  async history(): Promise<History> {
    const pending = await this.#pending();
    const [changes, newEvents] = [new Map(this.#changes), new Map(this.#newEvents)];
    addTo(changes, pending.changes);
    countTypes(newEvents, pending.fresh);
    return {
      pending,
      cursors: [...this.#cursors.values()],
      newEvents,
      changes,
      unread: this.#waiting.flatMap(({ unread }) => unread),
      resolved: this.#again.resolved,
      unreadFound: this.#unread.summary(),
    };
  }

  /** Connects only if there are events that have not been compared yet. */
  async #pending(): Promise<PendingEvents> {
    const read = [...this.#waiting, this.#again].flatMap(({ events }) => events);
    if (read.length > this.#compared.events) {
      const stored = await readStored(this.#context, [], (sql) => fetchKnownEvents(sql, this.#account, read));
      this.#compared = { events: read.length, pending: comparePending(read, stored) };
    }
    return this.#compared.pending;
  }

  /** Stores a page of a backfill; a dry run keeps it in memory. */
  async #keep(page: HistoryPage): Promise<void> {
    const { signal, dryRun, database, runId, log, progress } = this.#context;
    signal.throwIfAborted();
    if (dryRun) {
      this.#waiting.push(page);
      return;
    }
    const account = this.#account;
    const { pending, outcome } = await database.run(async (sql) => ({
      pending: comparePending(page.events, await fetchKnownEvents(sql, account, page.events)),
      outcome: await saveHistoryPage(sql, { ...page, account, runId, cursors: [page.cursor] }),
    }));
    if (outcome === 'lease-lost') throw leaseLost(account);
    progress.found(pending.fresh.filter(isTrade).length);
    countTypes(this.#newEvents, pending.fresh);
    addTo(this.#changes, pending.changes);
    log('info', `${account}: ${page.cursor.stream} stored up to ${isoDay(page.cursor.completeUntil)}`);
  }
}

const isTrade = ({ type }: AccountEvent): boolean => type === 'trade' || type === 'conversion';

function countTypes(counts: Map<EventType, number>, events: readonly AccountEvent[]): void {
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
}

function addTo(sums: Map<string, Decimal>, amounts: ReadonlyMap<string, Decimal>): void {
  for (const [asset, amount] of amounts) sums.set(asset, (sums.get(asset) ?? ZERO).plus(amount));
}
