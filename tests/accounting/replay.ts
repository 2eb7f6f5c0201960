import { applyEvent } from '../../src/accounting/apply-event.js';
import {
  type AccountingEvent,
  incomeEvent,
  nameOf,
  tradeEvent,
  transferEvent,
} from '../../src/accounting/event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import { matchTransfers } from '../../src/accounting/match-transfers.js';
import { compareEvents } from '../../src/accounting/order.js';
import { type CarriedLookup, type Resolve, resolver } from '../../src/accounting/resolve.js';
import type { AccountingSettings, PriceLookup } from '../../src/accounting/settings.js';
import type { AccountId } from '../../src/models/account.js';
import type { EventSet } from '../../src/models/events.js';

/** With what no exchange tells: openings, and trades of several fees. */
export interface AccountHistory extends EventSet {
  readonly others?: readonly AccountingEvent[];
}

export interface ReplayInput {
  readonly accounts: ReadonlyMap<AccountId, AccountHistory>;
  readonly settings: AccountingSettings;
  readonly priceAt: PriceLookup;
}

/**
 * The reference: all accounts in one pass over all their events, each identity once, as named last. What the
 * program stores, account by account and sync by sync, must come out the same.
 */
export function replay({ accounts, settings, priceAt }: ReplayInput): ReadonlyMap<AccountId, Ledger> {
  const ledgers = new Map([...accounts.keys()].map((id) => [id, new Ledger(settings, priceAt)]));
  const carriedBy = (id: AccountId, withdrawal: string) => ledgers.get(id)?.carried.get(withdrawal);
  for (const { account, open } of orderedSteps(accounts, settings, carriedBy)) {
    const [ledger, event] = [ledgers.get(account), open()];
    if (ledger && event) applyEvent(ledger, event);
  }
  return ledgers;
}

/** All events of all accounts, in their order. */
export function orderedSteps(
  accounts: ReplayInput['accounts'],
  settings: AccountingSettings,
  carriedBy: CarriedLookup,
): readonly Step[] {
  const transfers = [...accounts].flatMap(([account, events]) =>
    [...identified(events.transfers, ({ direction, id }) => `${direction} ${id}`)].map((transfer) => ({
      ...transfer,
      account,
    })),
  );
  const { matches } = matchTransfers(transfers, settings);
  const steps = [...accounts].flatMap(([account, events]) => {
    return stepsOf(account, events, resolver(account, matches, carriedBy));
  });
  return steps.sort((a, b) => compareEvents(a.event, b.event));
}

/** What a deposit carries is known only once the withdrawal before it has been applied. */
export interface Step {
  readonly account: AccountId;
  readonly event: AccountingEvent;
  readonly open: () => AccountingEvent | undefined;
}

function stepsOf(account: AccountId, events: AccountHistory, resolve: Resolve): Step[] {
  const plain = [
    ...identified(events.trades, ({ kind, symbol, id }) => `${kind} ${symbol} ${id}`).map(tradeEvent),
    ...identified(events.incomes, ({ id }) => id).map(incomeEvent),
    ...identified(events.others ?? [], nameOf),
  ].map((event): Step => ({ account, event, open: () => event }));
  const transfers = identified(events.transfers, ({ direction, id }) => `${direction} ${id}`);
  return [
    ...plain,
    ...transfers.flatMap((transfer): Step[] => {
      const open = () => transferEvent(transfer, resolve(transfer));
      const event = open();
      return event ? [{ account, event, open }] : [];
    }),
  ];
}

const identified = <T>(items: readonly T[], key: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];
