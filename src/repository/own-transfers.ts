import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Transfer } from '../models/events.js';
import type { Carried } from '../models/pool.js';
import { type CarriedJson, carriedOf, readable } from './checkpoints.js';
import { transferKey } from './event-rows.js';
import { transferOf, type TransferRow } from './stored-events.js';

/** What the accounts of one user say together of the coins that move between them. */
export interface OwnTransfers {
  /** Of all accounts, in the assets that the account itself moves; empty where there is one account only. */
  readonly transfers: readonly (Transfer & { readonly account: AccountId })[];
  /** What withdrawals of other accounts carry, by account and id. */
  readonly carried: ReadonlyMap<string, Carried>;
  /** What was last reckoned in of the account's own transfers, as JSON, by direction and id. */
  readonly resolutions: ReadonlyMap<string, string>;
}

export const carriedKey = (account: AccountId, withdrawal: string): string => `${account} ${withdrawal}`;

export async function fetchOwnTransfers(sql: Sql, account: AccountId): Promise<OwnTransfers> {
  const transfers = await sql<(TransferRow & { account: string })[]>`
    select t.account, t.direction, t.transfer_id, t.asset, t.amount, t.fee_asset, t.fee_amount, t.status, t.network, t.txid,
           t.time
      from exchange_sync.transfers t
     where exists (select from exchange_sync.transfers other where other.account <> ${account})
       and t.asset in (select asset from exchange_sync.transfers where account = ${account})`;
  const carried = await sql<{ account: string; withdrawal_id: string; carried: CarriedJson }[]>`
    select account, withdrawal_id, carried from exchange_sync.carried_costs where account <> ${account}`;
  const resolutions = await sql<
    { direction: Transfer['direction']; transfer_id: string; resolution: string }[]
  >`
    select direction, transfer_id, resolution
      from exchange_sync.transfer_resolutions where account = ${account}`;
  return {
    transfers: transfers.map((row) => ({ ...transferOf(row), account: row.account })),
    carried: new Map(
      carried.map((row) => [
        carriedKey(row.account, row.withdrawal_id),
        readable(row.account, 'a cost that travels', () => carriedOf(row.carried)),
      ]),
    ),
    resolutions: new Map(
      resolutions.map(({ direction, transfer_id, resolution }) => [
        transferKey({ direction, id: transfer_id }),
        resolution,
      ]),
    ),
  };
}
