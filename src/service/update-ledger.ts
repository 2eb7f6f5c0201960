import { applyEvent } from '../accounting/apply-event.js';
import { keptCheckpoints } from '../accounting/checkpoints.js';
import { Ledger } from '../accounting/ledger.js';
import type { OpeningWatch } from '../accounting/opening-watch.js';
import { sumOfLots } from '../accounting/lot.js';
import { totalOf } from '../accounting/totals.js';
import { settingsKey } from '../accounting/version.js';
import type { AccountId } from '../models/account.js';
import type { Decimal } from '../models/decimal.js';
import type { Pool, LedgerState } from '../models/pool.js';
import type { Ambiguity } from '../models/transfers.js';
import type { LedgerCommit } from '../repository/ledger-rows.js';
import { type LedgerPosition, fetchLedgerPosition, fetchCheckpoint } from '../repository/checkpoints.js';
import { fetchUnvaluedEvents } from '../repository/event-prices.js';
import { fetchOwnTransfers, type OwnTransfers } from '../repository/own-transfers.js';
import { overlayOf, type PendingEvents } from './pending-events.js';
import type { PriceBook } from './price-book.js';
import { resolveTransfers } from './resolve-transfers.js';
import { eventsAfter } from './events-after.js';
import { readStored, type SyncContext } from './sync-context.js';
import { DAY_MS } from '../models/day.js';

/** The ledger as it is to be stored, and the transfers that no rule could match. */
export interface UpdatedLedger extends LedgerCommit {
  readonly ambiguous: readonly Ambiguity[];
  /** Quantities that the events up to the watched time explain; undefined if nothing is watched. */
  readonly explained: ReadonlyMap<string, Decimal> | undefined;
}

/** Prices of older events are not requested again: they will not appear any more. */
const RETRY_UNVALUED_MS = 7 * DAY_MS;

/**
 * Applies new events to the ledger of an account. An event that is late, replaced, or matched or priced later
 * restarts at the newest checkpoint before it, changed settings at the beginning. The result is that of a full
 * replay. `watch` sees every event, and may require a replay from the beginning. A second replay in a run takes
 * the same `prices`: with new ones it would not return to the events that the first has found prices for.
 */
export async function updateLedger(
  context: SyncContext,
  account: AccountId,
  prices: PriceBook,
  pending: PendingEvents,
  watch?: OpeningWatch,
): Promise<UpdatedLedger> {
  const { position, transfers, after, state, affected } = await openLedger(context, account, pending, {
    retries: prices.retries,
    whole: watch?.whole ?? false,
  });
  const ledger = new Ledger(context.accounting, prices.lookup, state);
  const states: LedgerState[] = [];
  for await (const events of eventsAfter(context, account, after, overlayOf(pending, transfers.resolve))) {
    await prices.prepare(events);
    for (const event of events) {
      watch?.see(ledger, event);
      applyEvent(ledger, event);
    }
    states.push(ledger.state());
  }
  // An arrival that moves no coins yet is applied too: the checkpoint takes its number.
  const last = states.at(-1) ?? ledger.state();
  if (states.length === 0 && affected !== undefined && state) states.push(last);
  prices.keep();
  const { missing, unvalued, transferredCosts } = ledger;
  return {
    after,
    arrival: position.arrival,
    settings: settingsKey(context.accounting),
    pools: last.pools.map(poolRow),
    days: ledger.days(),
    missing,
    unvalued,
    transferredCosts,
    ...thinned(position.times, after, states),
    resolutions: transfers.resolutions,
    ambiguous: transfers.ambiguous,
    explained: watch?.explained(ledger),
  };
}

/** A pool as a row; the quantity of cash is its balance. */
export function poolRow(book: Pool): LedgerCommit['pools'][number] {
  const pool = sumOfLots(book);
  const quantity = book.cash ? book.balance : pool.quantity;
  return { ...pool, quantity, asset: book.asset, cash: book.cash, total: totalOf(book) };
}

/** Where the ledger is resumed: at the newest checkpoint before everything that is new. */
async function openLedger(
  context: SyncContext,
  account: AccountId,
  pending: PendingEvents,
  { retries, whole }: { readonly retries: boolean; readonly whole: boolean },
) {
  const { accounting } = context;
  const nothing = {
    position: NO_POSITION,
    transfers: resolveTransfers(accounting, account, NO_TRANSFERS, pending),
  };
  return await readStored(
    context,
    { ...nothing, after: undefined, state: undefined, affected: undefined },
    async (sql) => {
      const position = await fetchLedgerPosition(sql, account);
      const own = await fetchOwnTransfers(sql, account);
      const transfers = resolveTransfers(accounting, account, own, pending);
      const since = Date.now() - RETRY_UNVALUED_MS;
      const [unvalued] = retries ? await fetchUnvaluedEvents(sql, account, since) : [];
      const affected = earliest(
        position.affectedFrom,
        pending.affectedFrom,
        transfers.affectedFrom,
        unvalued?.time,
      );
      const valid = position.settings === settingsKey(accounting) && !whole ? position.times : [];
      const after = valid.find((time) => affected === undefined || time < affected);
      const state = after === undefined ? undefined : await fetchCheckpoint(sql, account, after);
      return { position, transfers, after, state, affected };
    },
  );
}

const NO_POSITION: LedgerPosition = { settings: undefined, arrival: '0', times: [], affectedFrom: undefined };
const NO_TRANSFERS: OwnTransfers = { transfers: [], transferredCosts: new Map(), resolutions: new Map() };

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The old and new checkpoints to keep; old ones after the one that was resumed are dropped. */
function thinned(
  times: readonly number[],
  after: number | undefined,
  states: readonly LedgerState[],
): Pick<LedgerCommit, 'checkpoints' | 'dropped'> {
  const old = times.filter((time) => after !== undefined && time <= after);
  const kept = keptCheckpoints([...old, ...states.flatMap(({ time }) => time ?? [])]);
  const newest = new Map(states.map((state) => [state.time, state]));
  const checkpoints = [...newest.values()].filter(({ time }) => time !== undefined && kept.has(time));
  const staying = new Set([...old.filter((time) => kept.has(time)), ...checkpoints.map(({ time }) => time)]);
  return { checkpoints, dropped: times.filter((time) => !staying.has(time)) };
}
