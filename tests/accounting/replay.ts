import { applyEvent } from '../../src/accounting/apply-event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import { matchTransfers } from '../../src/accounting/match-transfers.js';
import { compareEvents } from '../../src/accounting/order.js';
import {
  type TransferredCostLookup,
  type Resolve,
  resolved,
  type ResolvedEvent,
  resolver,
} from '../../src/accounting/resolve.js';
import type { AccountingSettings, PriceLookup } from '../../src/accounting/settings.js';
import type { AccountId } from '../../src/models/account.js';
import { eventKey, hasMovedBalances } from '../../src/models/account-event.js';
import type { AccountTransfer } from '../../src/models/transfers.js';

export interface ReplayInput {
  /** An event that has a resolution keeps it, and matches no other. */
  readonly accounts: ReadonlyMap<AccountId, readonly ResolvedEvent[]>;
  readonly settings: AccountingSettings;
  readonly priceAt: PriceLookup;
}

/**
 * The reference: all accounts in one pass over all their events, each identity once, as named last. What the
 * program stores, account by account and sync by sync, must come out the same.
 */
export function replay({ accounts, settings, priceAt }: ReplayInput): ReadonlyMap<AccountId, Ledger> {
  const ledgers = new Map([...accounts.keys()].map((id) => [id, new Ledger(settings, priceAt)]));
  const transferredBy = (id: AccountId, withdrawal: string) =>
    ledgers.get(id)?.transferredCosts.get(withdrawal);
  for (const { account, open } of orderedSteps(accounts, settings, transferredBy)) {
    const ledger = ledgers.get(account);
    if (ledger) applyEvent(ledger, open());
  }
  return ledgers;
}

/** All events of all accounts, in their order. */
export function orderedSteps(
  accounts: ReplayInput['accounts'],
  settings: AccountingSettings,
  transferredBy: TransferredCostLookup,
): readonly Step[] {
  const transfers = [...accounts].flatMap(([account, events]) =>
    identified(events).flatMap((event) => transferOf(event, account)),
  );
  const { matches } = matchTransfers(transfers, settings);
  const steps = [...accounts].flatMap(([account, events]) => {
    return stepsOf(account, events, resolver(account, matches, transferredBy));
  });
  return steps.sort((a, b) => compareEvents(a.event, b.event));
}

const transferOf = (event: ResolvedEvent, account: AccountId): readonly AccountTransfer[] =>
  (event.type === 'deposit' || event.type === 'withdrawal') && !event.resolution
    ? [{ ...event, type: event.type, account }]
    : [];

/** What a deposit carries is known only once the withdrawal before it has been applied. */
export interface Step {
  readonly account: AccountId;
  readonly event: ResolvedEvent;
  readonly open: () => ResolvedEvent;
}

const stepsOf = (account: AccountId, events: readonly ResolvedEvent[], resolve: Resolve): Step[] =>
  identified(events)
    .filter(hasMovedBalances)
    .map((event) => {
      const open = () => (event.resolution ? event : resolved(event, resolve(event)));
      return { account, event: open(), open };
    });

const identified = (events: readonly ResolvedEvent[]): ResolvedEvent[] => [
  ...new Map(events.map((event) => [eventKey(event), event])).values(),
];
