import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';

/** The assets that have events in the ledger of the accounts named, or of all accounts. */
export async function fetchLedgerAssets(
  sql: Sql,
  accounts?: readonly AccountId[],
): Promise<{ readonly account: AccountId; readonly asset: string }[]> {
  return await sql<{ account: string; asset: string }[]>`
    select account, asset from exchange_sync.pools
     where ${accounts ? sql`account in ${sql(accounts)}` : sql`true`}
     order by account, asset`;
}
