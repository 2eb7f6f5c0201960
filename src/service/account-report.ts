import { type EventType, legOf } from '../models/account-event.js';
import { coinChangesOf } from '../models/coin-changes.js';
import { toText } from '../models/decimal.js';
import { type Holding, offPegOf } from '../models/holdings.js';
import type { StoredReport } from '../models/sync-report.js';
import type { AccountCommit } from '../repository/account-commit.js';
import type { AccountSession } from './account-session.js';
import { isNewTradingKey } from './key-rights.js';
import type { AccountReading } from './read-account.js';
import type { ReconciledAccount } from './reconcile-account.js';

/** What each step of an account's sync made. */
export interface Outcome {
  readonly session: AccountSession;
  readonly reading: AccountReading;
  readonly reconciled: ReconciledAccount;
  readonly commit: AccountCommit;
}

/** What a person needs to know of one account's sync. */
export function reportOf({ session, reading, reconciled, commit }: Outcome): StoredReport {
  const { context, account, client, parts, startedAt } = session;
  const { ledger, holdings, differences, entries } = reconciled;
  const { newEvents, unreadFound: unread } = reading.history;
  const missing = parts.missing();
  const isWhole = !missing.some(({ affects }) => affects) && unread.found === 0;
  return {
    account: account.id,
    outcome: isWhole ? 'synced' : 'partial',
    assets: holdings.length,
    newTrades: countOf(newEvents, 'trade', 'conversion'),
    newTransfers: countOf(newEvents, 'deposit', 'withdrawal', 'income'),
    unpriced: holdings.filter(({ price }) => !price.known).map(({ asset }) => asset),
    offPeg: holdings.flatMap(({ price }) => offPegOf(price) ?? []),
    totals: reading.totals,
    unknownCost: unknownCostOf(holdings),
    differences,
    coinChanges: coinChangesOf(holdings, differences),
    entries: entries.filter((entry) => !legOf(entry, 'moved').amount.isZero()),
    missing: ledger.missing,
    unvalued: ledger.unvalued,
    ambiguous: ledger.ambiguous,
    unreadableWallets: reading.holdings.unreadable.map(({ wallet, reason }) => ({ wallet, reason })),
    coverage: missing,
    unread,
    tradingKey: isNewTradingKey(commit.remembered ?? new Map()),
    unsettled: undefined,
    requests: client.requestCount(),
    retries: client.retryCount(),
    milliseconds: commit.endedAt - startedAt,
    dryRun: context.dryRun,
  };
}

const countOf = (counts: ReadonlyMap<EventType, number>, ...types: readonly EventType[]): number =>
  types.reduce((sum, type) => sum + (counts.get(type) ?? 0), 0);

/** Assets whose cost is known of a part only. */
export const unknownCostOf = (holdings: readonly Holding[]): StoredReport['unknownCost'] =>
  holdings
    .filter(({ quantity, cost }) => cost.knownQuantity.lt(quantity))
    .map(({ asset, quantity, cost }) => ({
      asset,
      known: toText(cost.knownQuantity),
      held: toText(quantity),
    }));
