import type { ExchangeClient } from '../client/exchange-client.js';
import type { AccountId } from '../models/account.js';
import { type Entry, type EventType, legOf } from '../models/account-event.js';
import { coinChangesOf } from '../models/coin-changes.js';
import { toText } from '../models/decimal.js';
import { type Difference, type Holding, offPegOf, type Price } from '../models/holdings.js';
import type { StoredReport } from '../models/sync-report.js';
import type { AccountTotals } from '../models/unread.js';
import type { OpenCache } from './cache.js';
import type { UpdatedLedger } from './update-ledger.js';
import type { History } from './history-reader.js';
import type { MissingPart } from '../models/coverage.js';
import type { Reading } from './read-holdings.js';

/** An account whose sync has come to its end, with what its books rest on. */
export interface Outcome {
  readonly account: AccountId;
  readonly client: ExchangeClient;
  readonly cache: OpenCache;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly history: Pick<History, 'newEvents'>;
  readonly reading: Reading;
  /** What could not be read in this run. */
  readonly missing: readonly MissingPart[];
  /** Records of this run that cannot be interpreted and were not known before. */
  readonly unread: StoredReport['unread'];
  /** True the first time that this key was found to be able to trade. */
  readonly tradingKey: boolean;
  readonly prices: ReadonlyMap<string, Price>;
  readonly ledger: UpdatedLedger;
  readonly holdings: readonly Holding[];
  readonly totals: AccountTotals | undefined;
  readonly differences: readonly Difference[];
  readonly entries: readonly Entry[];
  readonly dryRun: boolean;
}

/** What a person wants to hear of one account's sync. */
export function reportOf(outcome: Outcome): StoredReport {
  const { account, client, startedAt, endedAt, history, reading, ledger, holdings, dryRun } = outcome;
  const { missing, unread, tradingKey } = outcome;
  const isWhole = !missing.some(({ affects }) => affects) && unread.found === 0;
  return {
    account,
    outcome: isWhole ? 'synced' : 'partial',
    assets: holdings.length,
    newTrades: countOf(history.newEvents, 'trade', 'conversion'),
    newTransfers: countOf(history.newEvents, 'deposit', 'withdrawal', 'income'),
    unpriced: holdings.filter(({ price }) => !price.known).map(({ asset }) => asset),
    offPeg: holdings.flatMap(({ price }) => offPegOf(price) ?? []),
    totals: outcome.totals,
    unknownCost: unknownCostOf(holdings),
    differences: outcome.differences,
    coinChanges: coinChangesOf(holdings, outcome.differences),
    entries: outcome.entries.filter((entry) => !legOf(entry, 'moved').amount.isZero()),
    missing: ledger.missing,
    unvalued: ledger.unvalued,
    ambiguous: ledger.ambiguous,
    unreadableWallets: reading.unreadable.map(({ wallet, reason }) => ({ wallet, reason })),
    coverage: missing,
    unread,
    tradingKey,
    unsettled: undefined,
    requests: client.requestCount(),
    retries: client.retryCount(),
    milliseconds: endedAt - startedAt,
    dryRun,
  };
}

const countOf = (counts: ReadonlyMap<EventType, number>, ...types: readonly EventType[]): number =>
  types.reduce((sum, type) => sum + (counts.get(type) ?? 0), 0);

/** Assets of which more is held than has a known cost. */
export const unknownCostOf = (holdings: readonly Holding[]): StoredReport['unknownCost'] =>
  holdings
    .filter(({ quantity, cost }) => cost.knownQuantity.lt(quantity))
    .map(({ asset, quantity, cost }) => ({
      asset,
      known: toText(cost.knownQuantity),
      held: toText(quantity),
    }));
