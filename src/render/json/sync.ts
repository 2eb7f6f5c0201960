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
    entries: account.entries.map(({ kind, asset, amount }) => ({ kind, asset, amount: toText(amount) })),
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

const transferJson = ({ account, direction, id, asset, amount, txid, time }: AccountTransfer): object => ({
  account,
  direction,
  id,
  asset,
  amount: toText(amount),
  txid: txid ?? null,
  time: timeOrNull(time),
});
