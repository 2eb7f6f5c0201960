import { type Entry, legOf } from '../../models/account-event.js';
import { toText } from '../../models/decimal.js';
import type { AccountReport, SyncReport } from '../../models/sync-report.js';
import type { AccountTransfer } from '../../models/transfers.js';
import { differenceJson, exchangeTotalsJson, jsonText, SCHEMA_VERSION, timeOrNull } from './text.js';

/** The run for a machine; amounts as strings, times in ISO 8601 UTC. */
export function renderSyncJson(report: SyncReport, exitCode: number): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    runId: report.runId,
    exitCode,
    milliseconds: report.milliseconds,
    accounts: report.accounts.map(accountJson),
  });
}

function accountJson(account: AccountReport): object {
  if (account.outcome === 'failed') return { ...account, fix: account.fix ?? null };
  const { totals, ...rest } = account;
  return {
    ...rest,
    unsettled: account.unsettled ?? null,
    unread: { found: account.unread.found, example: account.unread.example ?? null },
    ...exchangeTotalsJson(totals),
    coverage: account.coverage.map((gap) => ({ ...gap, fix: gap.fix ?? null })),
    differences: account.differences.map(differenceJson),
    entries: account.entries.map(entryJson),
    missing: account.missing.map((event) => ({
      ...event,
      time: timeOrNull(event.time),
      found: toText(event.found),
      missing: toText(event.missing),
    })),
    unvalued: account.unvalued.map((event) => ({ ...event, time: timeOrNull(event.time) })),
    ambiguous: account.ambiguous.map((group) => group.map(transferJson)),
  };
}

function entryJson(entry: Entry): object {
  const { asset, amount } = legOf(entry, 'moved');
  return { kind: entry.type, asset, amount: toText(amount) };
}

function transferJson(transfer: AccountTransfer): object {
  const { account, type, id, txid, time } = transfer;
  const { asset, amount } = legOf(transfer, 'moved');
  return {
    account,
    direction: type,
    id,
    asset,
    amount: toText(amount.abs()),
    txid: txid ?? null,
    time: timeOrNull(time),
  };
}
