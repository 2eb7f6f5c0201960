import type { AccountingSettings } from '../accounting/settings.js';
import { isCash } from '../accounting/settings.js';
import { Trace } from '../accounting/trace.js';
import type { Database, Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { DatabaseSettings } from '../models/settings.js';
import type { AssetTrace, AssetTraces } from '../models/trace.js';
import { fetchHoldings } from '../repository/holdings.js';
import { fetchLedgerAssets } from '../repository/ledger-assets.js';
import { fetchNewestSnapshotTimes } from '../repository/snapshots.js';
import { assetMeant, isMeant } from './asset-meant.js';
import { fetchLedgerStatus } from './ledger-status.js';
import { absentFrom, nothingSynced, type OpenDatabase, readStoredInParts } from './read-stored.js';
import { replayStored } from './replay-stored.js';

export interface TradesRequest {
  readonly accounts: readonly AccountId[];
  readonly asset: string;
  /** The number of last lines to keep of each account; undefined keeps all. */
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
    const { booked, asset } = await database.run((sql) => fetchAsked(sql, request));
    const accounts: AssetTrace[] = [];
    for (const book of booked.filter((one) => one.asset === asset)) {
      accounts.push(await traceAsset(database, accounting, book.account, asset, request.limit));
    }
    const found = accounts.map(({ account }) => account);
    return { asset, now, method: accounting.method, accounts, absent: absentFrom(found, named) };
  });
}

/** The named asset, among those with records; if there is none, the error lists the assets with records. */
async function fetchAsked(sql: Sql, { accounts: named, asset: text }: TradesRequest) {
  const all = await fetchLedgerAssets(sql);
  const booked = named.length > 0 ? all.filter(({ account }) => named.includes(account)) : all;
  if (booked.length === 0) {
    const synced = await fetchNewestSnapshotTimes(sql, named.length > 0 ? named : undefined);
    if (synced.size === 0) throw await nothingSynced(sql, named);
  }
  const asset = assetMeant(text, {
    assets: new Set(booked.map((book) => book.asset)),
    missing: `no records of ${text}${named.length > 0 ? ` in ${named.join(', ')}` : ''}`,
    present: named.length > 0 ? `Assets with records in ${named.join(', ')}` : 'Assets with records',
    elsewhere: all.filter((book) => isMeant(text, book.asset)).map(({ account }) => account),
  });
  return { booked, asset };
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
  const { transfers, behind } = await fetchLedgerStatus(sql, accounting, account);
  const holding = (await fetchHoldings(sql, account)).find((one) => one.asset === asset);
  return {
    transfers,
    ahead: behind,
    held: holding && { quantity: holding.quantity, average: holding.cost.averageEntry },
  };
}
