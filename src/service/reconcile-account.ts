import { explainedQuantity, OpeningWatch } from '../accounting/opening-watch.js';
import { changedOpenings, openingEntries, type OpeningFacts } from '../accounting/openings.js';
import { unexplainedOf } from '../accounting/reconcile.js';
import { type Entry, legOf } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Difference, Holding } from '../models/holdings.js';
import type { AccountSession } from './account-session.js';
import { adjustmentEntries } from './adjustments.js';
import { differencesOf } from './differences.js';
import { updateLedger, type UpdatedLedger } from './update-ledger.js';
import { type PendingEvents, withEntries } from './pending-events.js';
import { PriceBook } from './price-book.js';
import type { AccountReading } from './read-account.js';
import { holdingsOf, type Reading } from './read-holdings.js';

/** The updated ledger of an account with everything that follows from it. */
export interface ReconciledAccount {
  readonly ledger: UpdatedLedger;
  readonly holdings: readonly Holding[];
  /** The events to store, including the entries that this run adds, changes or removes. */
  readonly pending: PendingEvents;
  readonly entries: readonly Entry[];
  readonly differences: readonly Difference[];
}

/**
 * Updates the ledger of an account and reconciles it with the balances: the first complete sync adds opening
 * entries, late records change them, and differences that the user accepts become adjustments. Only a run
 * that adds or changes an entry replays the history a second time.
 */
export async function reconcileAccount(
  session: AccountSession,
  reading: AccountReading,
): Promise<ReconciledAccount> {
  const { context, account, client, cache, parts, stored } = session;
  const {
    prices,
    holdings: { quantities, unreadable },
  } = reading;
  const marketOpened = stored.holdings.some(({ asset, price }) => !price.known && prices.get(asset)?.known);
  const pastPrices = new PriceBook(context, account.id, client, cache, { marketOpened, parts });
  const keep = (pending: PendingEvents, watch?: OpeningWatch) =>
    updateLedger(context, account.id, pastPrices, pending, watch);
  const holdingsBy = ({ pools }: UpdatedLedger) =>
    holdingsOf(quantities, prices, new Map(pools.map((pool) => [pool.asset, pool])), context.accounting);

  const watch = watchFor(session, reading);
  let { pending } = reading.history;
  let ledger = await keep(pending, watch);
  const openings = watch ? openingsFor(session, reading, ledger, watch) : [];
  if (openings.length > 0) {
    pending = withEntries(pending, openings, stored.openings);
    ledger = await keep(pending);
  }
  const now = Date.now();
  const accepted =
    unreadable.length === 0
      ? adjustmentEntries(context.acceptUnexplained, holdingsBy(ledger), ledger.pools, now)
      : [];
  if (accepted.length > 0) {
    pending = withEntries(pending, accepted, []);
    ledger = await keep(pending);
  }
  const holdings = holdingsBy(ledger);
  return {
    ledger,
    holdings,
    pending,
    entries: [...openings, ...accepted],
    differences: differencesOf(holdings, ledger.pools, stored.differences, now),
  };
}

/** Undefined if no opening can be added or changed; the first complete sync adds them. */
function watchFor({ stored, parts }: AccountSession, { holdings }: AccountReading): OpeningWatch | undefined {
  if (holdings.unreadable.length > 0 || parts.missing().some(({ affects }) => affects)) return undefined;
  const [opening] = stored.openings;
  if (opening) return new OpeningWatch(opening.raw.balanceAt, { whole: false });
  return stored.wasComplete ? undefined : new OpeningWatch(readAt(holdings), { whole: true });
}

const readAt = ({ wallets }: Reading): number =>
  Math.max(...wallets.map((wallet) => (wallet.status === 'read' ? wallet.readAt : 0)));

function openingsFor(
  { stored }: AccountSession,
  { holdings, prices }: AccountReading,
  ledger: UpdatedLedger,
  watch: OpeningWatch,
): readonly Entry[] {
  const { explained = new Map<string, Decimal>(), after } = ledger;
  const priceOf = (asset: string) => {
    const price = prices.get(asset);
    return price?.known ? price.price : undefined;
  };
  // A replay from a checkpoint does not see the first event.
  const first = after === undefined ? watch.first : undefined;
  const [opening] = stored.openings;
  if (!opening) {
    const balanceAt = readAt(holdings);
    return openingEntries({ balanceAt, balances: holdings.quantities, explained, first, priceOf });
  }
  const { balanceAt } = opening.raw;
  if (after !== undefined && after > balanceAt) return [];
  const settled = settledNow(holdings, ledger, priceOf);
  const balances = new Map(stored.openings.map((one) => [legOf(one, 'moved').asset, one.raw.balance]));
  const known = new Map([...explained, ...[...balances].filter(([asset]) => settled.has(asset))]);
  return changedOpenings(stored.openings, { balanceAt, balances, explained: known, first, priceOf });
}

/**
 * Assets whose current balance is explained: their openings stay, even if a record of a time before the first
 * balances has arrived since, such as a deposit that was pending then.
 */
function settledNow(
  { quantities }: Reading,
  { pools }: UpdatedLedger,
  priceOf: OpeningFacts['priceOf'],
): ReadonlySet<string> {
  const explained = new Map(pools.map((pool) => [pool.asset, explainedQuantity(pool)]));
  const assets = [...explained.keys(), ...quantities.keys()];
  return new Set(
    assets.filter((asset) => {
      const balance = quantities.get(asset) ?? ZERO;
      return unexplainedOf(balance, explained.get(asset) ?? ZERO, priceOf(asset)).isZero();
    }),
  );
}
