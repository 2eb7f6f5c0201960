import {
  type AccountingEvent,
  entryEvent,
  incomeEvent,
  tradeEvent,
  transferEvent,
} from '../accounting/event.js';
import type { Resolve } from '../accounting/resolve.js';
import type { Entry, EventSet, Income, Trade, Transfer } from '../models/events.js';
import { lastOfEach, tradeKey, transferKey } from '../repository/event-rows.js';
import type { EventPage } from '../repository/stored-events.js';

/** Events that only the final commit will store. */
export interface PendingEvents extends EventSet {
  /** Opening and adjustment entries that are new or changed; an amount of 0 removes one. */
  readonly entries: readonly Entry[];
  /** The earliest time (ms) that something new or changed among them bears on. */
  readonly affectedFrom: number | undefined;
  /** Those that are new or have other content than what is stored. */
  readonly fresh: EventSet;
  /** What is stored of those that have other content now. */
  readonly replaced: EventSet;
}

const NO_EVENTS: EventSet = { trades: [], transfers: [], incomes: [] };

/** Where everything is stored already. */
export const NOTHING_PENDING: PendingEvents = {
  ...NO_EVENTS,
  entries: [],
  fresh: NO_EVENTS,
  replaced: NO_EVENTS,
  affectedFrom: undefined,
};

/** Sets what was read against what is stored of the same identities. */
export function comparePending(read: EventSet, stored: EventSet): PendingEvents {
  const events: EventSet = {
    trades: lastOfEach(read.trades, tradeKey),
    transfers: withTransactions(lastOfEach(read.transfers, transferKey), stored.transfers),
    incomes: lastOfEach(read.incomes, ({ id }) => id),
  };
  const trades = changed(events.trades, stored.trades, tradeKey, contentOfTrade);
  const transfers = changed(events.transfers, stored.transfers, transferKey, contentOfTransfer);
  const incomes = changed(events.incomes, stored.incomes, ({ id }) => id, contentOfIncome);
  const times = [...trades.times, ...transfers.times, ...incomes.times];
  return {
    ...events,
    entries: [],
    fresh: { trades: trades.fresh, transfers: transfers.fresh, incomes: incomes.fresh },
    replaced: { trades: trades.replaced, transfers: transfers.replaced, incomes: incomes.replaced },
    affectedFrom: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
  };
}

/** A transaction that is known once stays known, told by the exchange or by the user. */
function withTransactions(read: readonly Transfer[], stored: readonly Transfer[]): Transfer[] {
  const known = new Map(stored.map((transfer) => [transferKey(transfer), transfer.txid]));
  return read.map((transfer) => ({ ...transfer, txid: transfer.txid ?? known.get(transferKey(transfer)) }));
}

function changed<T extends { readonly time: number }>(
  read: readonly T[],
  stored: readonly T[],
  keyOf: (event: T) => string,
  contentOf: (event: T) => unknown,
): { readonly fresh: T[]; readonly replaced: T[]; readonly times: number[] } {
  const known = new Map(stored.map((event) => [keyOf(event), event]));
  const fresh = read.filter((event) => {
    const other = known.get(keyOf(event));
    return !other || JSON.stringify(contentOf(other)) !== JSON.stringify(contentOf(event));
  });
  const replaced = fresh.flatMap((event) => known.get(keyOf(event)) ?? []);
  return { fresh, replaced, times: [...fresh, ...replaced].map(({ time }) => time) };
}

/** What the accounting reads; a record that differs elsewhere says nothing new. */
const contentOfTrade = ({ base, quote, side, amount, value, fee, time }: Trade) => [
  base,
  quote,
  side,
  amount,
  value,
  fee?.asset,
  fee?.amount,
  time,
];
const contentOfTransfer = ({ asset, amount, fee, status, txid, time }: Transfer) => [
  asset,
  amount,
  fee?.asset,
  fee?.amount,
  status,
  txid,
  time,
];
const contentOfIncome = ({ asset, amount, time }: Income) => [asset, amount, time];

/** With further entries; `before` are those that they change. */
export function withEntries(
  pending: PendingEvents,
  entries: readonly Entry[],
  before: readonly Entry[],
): PendingEvents {
  const changed = before.filter(({ id }) => entries.some((entry) => entry.id === id));
  const times = [...entries, ...changed].map(({ time }) => time);
  return {
    ...pending,
    entries: [...pending.entries, ...entries],
    affectedFrom: Math.min(pending.affectedFrom ?? Infinity, ...times),
  };
}

/** What is to be applied of a page of stored events. */
export type Overlay = (page: EventPage, after: number | undefined) => AccountingEvent[];

/** The stored events of a page with those that wait for the commit in their place, for the accounting. */
export function overlayOf(pending: PendingEvents, resolve: Resolve): Overlay {
  const trades = new Set(pending.trades.map(tradeKey));
  const transfers = new Set(pending.transfers.map(transferKey));
  const incomes = new Set(pending.incomes.map(({ id }) => id));
  const entries = new Set(pending.entries.map(({ id }) => id));
  const waiting = accountingEvents(pending, resolve);
  return (page, after) => {
    const stored = accountingEvents(
      {
        trades: page.trades.filter((trade) => !trades.has(tradeKey(trade))),
        transfers: page.transfers.filter((transfer) => !transfers.has(transferKey(transfer))),
        incomes: page.incomes.filter(({ id }) => !incomes.has(id)),
        entries: page.entries.filter(({ id }) => !entries.has(id)),
      },
      resolve,
    );
    const [from, until] = [after ?? -Infinity, page.until ?? Infinity];
    return [...stored, ...waiting.filter(({ time }) => time > from && time <= until)];
  };
}

const accountingEvents = (
  events: EventSet & Pick<EventPage, 'entries'>,
  resolve: Resolve,
): AccountingEvent[] => [
  ...events.trades.map(tradeEvent),
  ...events.transfers.flatMap((transfer) => transferEvent(transfer, resolve(transfer)) ?? []),
  ...events.incomes.map(incomeEvent),
  ...events.entries.filter(({ amount }) => !amount.isZero()).map(entryEvent),
];
