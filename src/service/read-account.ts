import type { ExchangeClient, HistoryPage } from '../client/exchange-client.js';
import type { AccountId } from '../models/account.js';
import { isoDay } from '../models/day.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Cursor, EventSet, Stream } from '../models/events.js';
import { saveHistoryPage } from '../repository/history-page.js';
import { fetchKnownEvents } from '../repository/stored-events.js';
import type { StoredAccount } from './account-state.js';
import { comparePending, NOTHING_PENDING, type PendingEvents } from './pending-events.js';
import { readHoldings, type Reading } from './read-holdings.js';
import { askedAgain, type OpenQuestions } from './open-questions.js';
import { quantityChanges, unexplainedChanges } from './quantity-changes.js';
import { leaseLost, readStored, type SyncContext } from './sync-context.js';

/** How long a transfer is looked for again until it is done; one that takes longer is read as it was last. */
const LONGEST_PENDING_MS = 30 * 86_400_000;

export interface History {
  /** What only the final commit will write. */
  readonly pending: PendingEvents;
  readonly cursors: readonly Cursor[];
  readonly newTrades: number;
  readonly newTransfers: number;
  readonly newIncomes: number;
  /** What the new events did to the quantity of each asset. */
  readonly changes: ReadonlyMap<string, Decimal>;
}

export interface AccountReading {
  readonly holdings: Reading;
  readonly history: History;
  /** What no event explains so far. */
  readonly questions: OpenQuestions;
}

/**
 * Reads every stream up to now: those that tell of the whole account, then the wallets, then the streams that
 * are worth a look after them, also for what earlier runs could not explain. The last page of each waits for
 * the commit; pages before it are a backfill and are stored at once with their cursor, so that a run cut
 * short resumes there.
 */
export async function readAccount(
  context: SyncContext,
  account: AccountId,
  client: ExchangeClient,
  stored: StoredAccount,
  questions: OpenQuestions,
): Promise<AccountReading> {
  const reader = new HistoryReader(context, account, client, stored);
  await reader.read(client.streams);
  const { changes } = await reader.history();
  const holdings = await readHoldings(context, client, stored);
  const openAfter = (known: ReadonlyMap<string, Decimal>) =>
    askedAgain(questions, unexplainedChanges(stored.holdings, holdings.quantities, known), Date.now());
  const unexplained = [...openAfter(changes).keys()];
  const search = await client.searchStreams({ cursors: reader.cursors(), unexplained });
  await reader.read(search);
  const history = await reader.history();
  return { holdings, history, questions: openAfter(history.changes) };
}

class HistoryReader {
  readonly #context: SyncContext;
  readonly #account: AccountId;
  readonly #client: ExchangeClient;
  readonly #stored: StoredAccount;
  readonly #cursors = new Map<Stream, Cursor>();
  readonly #changes = new Map<string, Decimal>();
  readonly #waiting: HistoryPage[] = [];
  #compared = { events: 0, pending: NOTHING_PENDING };
  #newTrades = 0;
  #newTransfers = 0;
  #newIncomes = 0;

  constructor(context: SyncContext, account: AccountId, client: ExchangeClient, stored: StoredAccount) {
    this.#context = context;
    this.#account = account;
    this.#client = client;
    this.#stored = stored;
  }

  async read(streams: readonly Stream[]): Promise<void> {
    const { progress, since } = this.#context;
    const begins = streams.map(
      (stream) => beginOf(stream, this.#stored) ?? this.#client.firstCursor(stream, since),
    );
    progress.planned(begins.reduce((sum, begin) => sum + this.#client.countWindows(begin), 0));
    for (const begin of begins) await this.#readOne(begin);
  }

  async #readOne(begin: Cursor): Promise<void> {
    let held: HistoryPage | undefined;
    for await (const page of this.#client.readHistory(begin, this.#context.progress.read)) {
      if (held) await this.#keep(held);
      held = page;
    }
    if (!held) return;
    this.#waiting.push(held);
    this.#cursors.set(begin.stream, held.cursor);
  }

  /** Where every stream stands, those read now included. */
  cursors(): readonly Cursor[] {
    return [
      ...new Map([
        ...this.#stored.cursors.map((one) => [one.stream, one] as const),
        ...this.#cursors,
      ]).values(),
    ];
  }

  /** What has been read so far, set against what is stored. */
  async history(): Promise<History> {
    const pending = await this.#pending();
    const changes = new Map(this.#changes);
    addTo(changes, quantityChanges(pending));
    return {
      pending,
      cursors: [...this.#cursors.values()],
      newTrades: this.#newTrades + pending.fresh.trades.length,
      newTransfers: this.#newTransfers + pending.fresh.transfers.length,
      newIncomes: this.#newIncomes + pending.fresh.incomes.length,
      changes,
    };
  }

  /** A connection is made only where there is something that has not been compared yet. */
  async #pending(): Promise<PendingEvents> {
    const read = together(this.#waiting);
    const events = read.trades.length + read.transfers.length + read.incomes.length;
    if (events > this.#compared.events) {
      const stored = await readStored(this.#context, NOTHING_PENDING, (sql) =>
        fetchKnownEvents(sql, this.#account, read),
      );
      this.#compared = { events, pending: comparePending(read, stored) };
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
      pending: comparePending(page, await fetchKnownEvents(sql, account, page)),
      outcome: await saveHistoryPage(sql, { ...page, account, runId, cursors: [page.cursor] }),
    }));
    if (outcome === 'lease-lost') throw leaseLost(account);
    const { fresh } = pending;
    progress.found(fresh.trades.length);
    this.#newTrades += fresh.trades.length;
    this.#newTransfers += fresh.transfers.length;
    this.#newIncomes += fresh.incomes.length;
    addTo(this.#changes, quantityChanges(pending));
    log('info', `${account}: ${page.cursor.stream} stored up to ${isoDay(page.cursor.completeUntil)}`);
  }
}

/** Where a stream goes on: no later than its oldest transfer that is still under way. */
function beginOf(stream: Stream, { cursors, openTransfers }: StoredAccount): Cursor | undefined {
  const cursor = cursors.find((candidate) => candidate.stream === stream);
  if (!cursor) return undefined;
  const oldest = cursor.completeUntil - LONGEST_PENDING_MS;
  const times = openTransfers
    .filter(({ direction, time }) => stream.startsWith(`${direction}s`) && time >= oldest)
    .map(({ time }) => time);
  return { ...cursor, completeUntil: Math.min(cursor.completeUntil, ...times) };
}

const together = (pages: readonly EventSet[]): EventSet => ({
  trades: pages.flatMap(({ trades }) => trades),
  transfers: pages.flatMap(({ transfers }) => transfers),
  incomes: pages.flatMap(({ incomes }) => incomes),
});

function addTo(sums: Map<string, Decimal>, amounts: ReadonlyMap<string, Decimal>): void {
  for (const [asset, amount] of amounts) sums.set(asset, (sums.get(asset) ?? ZERO).plus(amount));
}
