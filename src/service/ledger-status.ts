import type { AccountingSettings } from '../accounting/settings.js';
import { settingsKey } from '../accounting/version.js';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { type LedgerPosition, fetchLedgerPosition } from '../repository/checkpoints.js';
import { fetchOwnTransfers } from '../repository/own-transfers.js';
import { NOTHING_PENDING } from './pending-events.js';
import { type ResolvedTransfers, resolveTransfers } from './resolve-transfers.js';

/** Whether the stored ledger of an account includes everything that is stored. */
export interface LedgerStatus {
  readonly position: LedgerPosition;
  readonly transfers: ResolvedTransfers;
  /** Something is stored that no sync has applied yet, or the ledger was computed with other settings. */
  readonly behind: boolean;
}

export async function fetchLedgerStatus(
  sql: Sql,
  settings: AccountingSettings,
  account: AccountId,
): Promise<LedgerStatus> {
  const position = await fetchLedgerPosition(sql, account);
  const own = await fetchOwnTransfers(sql, account);
  const transfers = resolveTransfers(settings, account, own, NOTHING_PENDING);
  const waits = position.affectedFrom !== undefined || transfers.affectedFrom !== undefined;
  return { position, transfers, behind: waits || position.settings !== settingsKey(settings) };
}
