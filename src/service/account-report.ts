import type { ExchangeClient } from '../client/exchange-client.js';
import type { AccountId } from '../models/account.js';
import { toText } from '../models/decimal.js';
import type { AccountReport } from '../models/sync-report.js';
import type { History } from './read-history.js';
import type { Reading } from './read-holdings.js';
import type { Valued } from './value-history.js';

export interface Outcome {
  readonly account: AccountId;
  readonly client: ExchangeClient;
  readonly startedAt: number;
  readonly history: History;
  readonly reading: Reading;
  readonly valued: Valued;
  readonly dryRun: boolean;
}

/** What a person wants to hear of one account's sync. */
export function reportOf(outcome: Outcome): AccountReport {
  const { account, client, startedAt, history, reading, valued, dryRun } = outcome;
  const { holdings, replay } = valued;
  return {
    account,
    outcome: reading.unreadable.length > 0 ? 'partial' : 'synced',
    assets: holdings.length,
    newTrades: history.newTrades.length,
    newTransfers: history.newTransfers.length,
    unpriced: holdings.filter(({ price }) => !price.known).map(({ asset }) => asset),
    unknownCost: holdings
      .filter(({ quantity, cost }) => cost.knownQuantity.lt(quantity))
      .map(({ asset, quantity, cost }) => ({
        asset,
        known: toText(cost.knownQuantity),
        held: toText(quantity),
      })),
    missing: replay.missing,
    unvalued: replay.unvalued,
    unreadableWallets: reading.unreadable.map(({ wallet, reason }) => ({ wallet, reason })),
    requests: client.requestCount(),
    milliseconds: Date.now() - startedAt,
    dryRun,
  };
}
