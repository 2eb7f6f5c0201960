import type { ExchangeClient } from '../client/exchange-client.js';
import type { AccountId } from '../models/account.js';
import { toText } from '../models/decimal.js';
import type { Holding } from '../models/holdings.js';
import type { BooksCommit } from '../repository/books-rows.js';
import type { AccountReport } from '../models/sync-report.js';
import type { History } from './read-account.js';
import type { Reading } from './read-holdings.js';

export interface Outcome {
  readonly account: AccountId;
  readonly client: ExchangeClient;
  readonly startedAt: number;
  readonly history: History;
  readonly reading: Reading;
  readonly books: BooksCommit;
  readonly holdings: readonly Holding[];
  readonly dryRun: boolean;
}

/** What a person wants to hear of one account's sync. */
export function reportOf(outcome: Outcome): AccountReport {
  const { account, client, startedAt, history, reading, books, holdings, dryRun } = outcome;
  return {
    account,
    outcome: reading.unreadable.length > 0 ? 'partial' : 'synced',
    assets: holdings.length,
    newTrades: history.newTrades,
    newTransfers: history.newTransfers,
    unpriced: holdings.filter(({ price }) => !price.known).map(({ asset }) => asset),
    unknownCost: holdings
      .filter(({ quantity, cost }) => cost.knownQuantity.lt(quantity))
      .map(({ asset, quantity, cost }) => ({
        asset,
        known: toText(cost.knownQuantity),
        held: toText(quantity),
      })),
    missing: books.missing,
    unvalued: books.unvalued,
    unreadableWallets: reading.unreadable.map(({ wallet, reason }) => ({ wallet, reason })),
    requests: client.requestCount(),
    retries: client.retryCount(),
    milliseconds: Date.now() - startedAt,
    dryRun,
  };
}
