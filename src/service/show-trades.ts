import type { AccountingSettings } from '../accounting/settings.js';
import { isCash } from '../accounting/settings.js';
import { Trace } from '../accounting/trace.js';
import type { Database, Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { DatabaseSettings } from '../models/settings.js';
import type { AssetTrace, AssetTraces } from '../models/trace.js';
import { fetchHoldings } from '../repository/portfolio.js';
import { fetchBookedAssets } from '../repository/booked-assets.js';
import { assetMeant } from './asset-meant.js';
import { fetchBooksStanding } from './books-standing.js';
import { neverSynced, type OpenDatabase, readStoredInParts, whose } from './read-stored.js';
import { replayStored } from './replay-stored.js';

export interface TradesRequest {
  readonly accounts: readonly AccountId[];
  readonly asset: string;
  /** Lines kept of each account, the last ones; undefined keeps all. */
  readonly limit: number | undefined;
  readonly now: number;
}

/** The events behind one asset of each account, replayed; throws what readStored throws, and 'nothing-to-show' without any. */
export async function showTrades(
  settings: DatabaseSettings,
  accounting: AccountingSettings,
  request: TradesRequest,
  open: OpenDatabase,
): Promise<AssetTraces> {
  const { accounts: named, now } = request;
  return await readStoredInParts(settings, named, open, async (database) => {
    const booked = await database.run((sql) => fetchBookedAssets(sql, named.length > 0 ? named : undefined));
    if (booked.length === 0) throw neverSynced(named);
    const asset = assetMeant(request.asset, {
      assets: new Set(booked.map((book) => book.asset)),
      missing: `no event of ${request.asset} is stored${whose(named)}`,
      present: 'There are events of',
    });
    const accounts: AssetTrace[] = [];
    for (const book of booked.filter((one) => one.asset === asset)) {
      accounts.push(await traceAsset(database, accounting, book.account, asset, request.limit));
    }
    return { asset, now, method: accounting.method, accounts };
  });
}

async function traceAsset(
  database: Database,
  accounting: AccountingSettings,
  account: AccountId,
  asset: string,
  limit: number | undefined,
): Promise<AssetTrace> {
  const { transfers, ahead, held } = await database.run((sql) =>
    fetchStanding(sql, accounting, account, asset),
  );
  const trace = await replayStored(
    database,
    accounting,
    account,
    transfers.resolve,
    (ledger) => new Trace(ledger, asset, limit),
  );
  const { position, realized } = trace.end();
  const { lines, earlier } = trace;
  return { account, asset, cash: isCash(asset, accounting), lines, earlier, position, realized, held, ahead };
}

async function fetchStanding(sql: Sql, accounting: AccountingSettings, account: AccountId, asset: string) {
  const { transfers, behind } = await fetchBooksStanding(sql, accounting, account);
  const holding = (await fetchHoldings(sql, account)).find((one) => one.asset === asset);
  return {
    transfers,
    ahead: behind,
    held: holding && { quantity: holding.quantity, average: holding.cost.averageEntry },
  };
}
