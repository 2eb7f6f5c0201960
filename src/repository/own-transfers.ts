import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { AccountTransfer } from '../models/transfers.js';
import type { TransferredCost } from '../models/pool.js';
import { type TransferredCostJson, transferredCostOf, readable } from './checkpoints.js';
import { transferKey } from './event-rows.js';
import { eventColumns, eventOf, type EventRow } from './stored-events.js';

/** What the accounts of one user record together about the coins that move between them. */
export interface OwnTransfers {
  /** Of all accounts, in the assets that the account itself moves; empty where there is one account only. */
  readonly transfers: readonly AccountTransfer[];
  /** What withdrawals of other accounts carry, by account and id. */
  readonly transferredCosts: ReadonlyMap<string, TransferredCost>;
  /** What was last applied of the account's own transfers, as JSON, by `transferKey`. */
  readonly resolutions: ReadonlyMap<string, string>;
}

export const transferredCostKey = (account: AccountId, withdrawal: string): string =>
  `${account} ${withdrawal}`;

export async function fetchOwnTransfers(sql: Sql, account: AccountId): Promise<OwnTransfers> {
  const transfers = await sql<(EventRow & Pick<AccountTransfer, 'account' | 'type'>)[]>`
    select account, ${eventColumns(sql)} from exchange_sync.events
     where type in ('deposit', 'withdrawal')
       and exists (
         select from exchange_sync.events other
          where other.type in ('deposit', 'withdrawal') and other.account <> ${account})
       and assets[1] in (
         select assets[1] from exchange_sync.events
          where account = ${account} and type in ('deposit', 'withdrawal'))`;
  const carried = await sql<{ account: string; withdrawal_id: string; carried: TransferredCostJson }[]>`
    select account, withdrawal_id, carried from exchange_sync.carried_costs where account <> ${account}`;
  const resolutions = await sql<
    { direction: 'deposit' | 'withdrawal'; transfer_id: string; resolution: string }[]
  >`
    select direction, transfer_id, resolution
      from exchange_sync.transfer_resolutions where account = ${account}`;
  return {
    transfers: transfers.map((row) => ({ ...eventOf(row), type: row.type, account: row.account })),
    transferredCosts: new Map(
      carried.map((row) => [
        transferredCostKey(row.account, row.withdrawal_id),
        readable(row.account, 'a cost that travels', () => transferredCostOf(row.carried)),
      ]),
    ),
    resolutions: new Map(
      resolutions.map(({ direction, transfer_id, resolution }) => [
        transferKey({ type: direction, id: transfer_id }),
        resolution,
      ]),
    ),
  };
}
