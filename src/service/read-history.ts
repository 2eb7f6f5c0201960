import type { ExchangeClient, HistoryPage } from '../client/exchange-client.js';
import type { AccountId } from '../models/account.js';
import type { Cursor, Stream, Trade, Transfer } from '../models/events.js';
import { lastOfEach } from '../repository/event-rows.js';
import { saveHistoryPage } from '../repository/history-page.js';
import type { StoredAccount } from './account-state.js';
import { leaseLost, type SyncContext } from './sync-context.js';

const STREAMS: readonly Stream[] = ['trades', 'deposits', 'withdrawals'];

/** How long a transfer is looked for again until it is done; one that takes longer is read as it was last. */
const LONGEST_PENDING_MS = 30 * 86_400_000;

export interface History {
  /** Everything known now: what was stored before and what this run has read. */
  readonly trades: readonly Trade[];
  readonly transfers: readonly Transfer[];
  readonly newTrades: readonly Trade[];
  readonly newTransfers: readonly Transfer[];
  /** What only the final commit will write. */
  readonly pending: Pages;
}

interface Pages {
  readonly trades: Trade[];
  readonly transfers: Transfer[];
  readonly cursors: Cursor[];
}

export const tradeKey = (trade: Trade): string => `${trade.symbol} ${trade.id}`;
export const transferKey = (transfer: Transfer): string => `${transfer.direction} ${transfer.id}`;

/**
 * Reads every stream up to now. The last page of each waits for the commit; pages before it are a
 * backfill and are stored at once with their cursor, so that a run cut short resumes there.
 */
export async function readHistory(
  context: SyncContext,
  account: AccountId,
  client: ExchangeClient,
  stored: StoredAccount,
): Promise<History> {
  const pending: Pages = { trades: [], transfers: [], cursors: [] };
  const read: Pages = { trades: [], transfers: [], cursors: [] };
  for (const stream of STREAMS) {
    const begin = beginOf(stream, stored) ?? client.firstCursor(stream, context.since);
    let held: HistoryPage | undefined;
    for await (const page of client.readHistory(begin)) {
      if (held) await keep(context, account, held);
      add(read, page);
      held = page;
    }
    if (held) add(pending, held);
  }
  return merge(stored, read, pending);
}

/** Where a stream goes on: no later than its oldest transfer that is still under way. */
function beginOf(stream: Stream, { cursors, transfers }: StoredAccount): Cursor | undefined {
  const cursor = cursors.find((candidate) => candidate.stream === stream);
  if (!cursor || stream === 'trades') return cursor;
  const oldest = cursor.completeUntil - LONGEST_PENDING_MS;
  const times = transfers
    .filter(({ direction, status }) => stream === `${direction}s` && status === 'pending')
    .map(({ time }) => time)
    .filter((time) => time >= oldest);
  return { ...cursor, completeUntil: Math.min(cursor.completeUntil, ...times) };
}

async function keep(context: SyncContext, account: AccountId, page: HistoryPage): Promise<void> {
  context.signal.throwIfAborted();
  if (context.dryRun) return;
  const outcome = await context.database.run((sql) =>
    saveHistoryPage(sql, {
      account,
      runId: context.runId,
      trades: page.trades,
      transfers: page.transfers,
      cursors: [page.cursor],
    }),
  );
  if (outcome === 'lease-lost') throw leaseLost(account);
  context.log('info', `${account}: ${page.cursor.stream} stored up to ${isoDay(page.cursor.completeUntil)}`);
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

function add(pages: Pages, page: HistoryPage): void {
  pages.trades.push(...page.trades);
  pages.transfers.push(...page.transfers);
  pages.cursors.push(page.cursor);
}

function merge(stored: StoredAccount, read: Pages, pending: Pages): History {
  const trades = new Map(stored.trades.map((trade) => [tradeKey(trade), trade]));
  const transfers = new Map(stored.transfers.map((transfer) => [transferKey(transfer), transfer]));
  // Windows share their edges, and a window may be read twice: each identity counts once.
  const newTrades = lastOfEach(read.trades, tradeKey).filter((trade) => !trades.has(tradeKey(trade)));
  const newTransfers = lastOfEach(read.transfers, transferKey).filter(
    (transfer) => !transfers.has(transferKey(transfer)),
  );
  for (const trade of read.trades) trades.set(tradeKey(trade), trade);
  for (const transfer of read.transfers) transfers.set(transferKey(transfer), transfer);
  return {
    trades: [...trades.values()],
    transfers: [...transfers.values()],
    newTrades,
    newTransfers,
    pending,
  };
}
