import type { AccountReport, SyncReport } from '../models/sync-report.js';
import { toText } from '../models/decimal.js';
import { type Entry, legOf } from '../models/account-event.js';
import type { AccountTransfer } from '../models/transfers.js';
import type { Paint } from './colour.js';
import { painter } from './colour.js';
import { count, formatDuration } from './duration.js';
import { fixText } from './error-text.js';
import { printable, printableLines } from './escape.js';
import { differenceJson } from './differences.js';
import { jsonText, SCHEMA_VERSION, timeOrNull } from './json-text.js';
import { alignedRows } from './light-table.js';
import { totalsJson } from './unread.js';
import { syncWarnings } from './sync-warnings.js';

const MARKS = { synced: '✓', partial: '◐', failed: '✗' } as const;
const COLOURS = { synced: 'green', partial: 'yellow', failed: 'red' } as const;
const ALIGNS = ['left', 'left', 'right', 'right', 'right', 'right', 'right'] as const;

/**
 * A line an account, below it what a person should know or do. `quiet` leaves only the accounts that are
 * not up to date, and those with a warning that is reported once; otherwise the text is empty, so that cron
 * sends no mail.
 */
export function renderSyncReport(
  report: SyncReport,
  { colour, quiet }: { readonly colour: boolean; readonly quiet: boolean },
): string {
  const paint = painter(colour);
  const shown = report.accounts.filter(
    (account) => !quiet || account.outcome !== 'synced' || account.tradingKey,
  );
  if (shown.length === 0) return '';
  const lines = alignedRows(
    shown.map((account) => summary(account, paint)),
    ALIGNS,
  );
  return shown
    .flatMap((account, at) => [lines[at] ?? '', ...details(account, colour)])
    .map((line) => `${line}\n`)
    .join('');
}

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

function summary(account: AccountReport, paint: Paint): readonly string[] {
  const mark = paint(COLOURS[account.outcome], MARKS[account.outcome]);
  const duration = formatDuration(account.milliseconds);
  if (account.outcome === 'failed') return [mark, printable(account.account), 'failed', '', '', '', duration];
  return [
    mark,
    printable(account.account),
    count(account.assets, 'asset'),
    count(account.newTrades, 'new trade'),
    count(account.newTransfers, 'new transfer'),
    count(account.requests, 'request'),
    duration,
  ];
}

function details(account: AccountReport, colour: boolean): readonly string[] {
  if (account.outcome !== 'failed') {
    return syncWarnings(account).map((warning) => `  ${painter(colour)('yellow', '!')} ${warning}`);
  }
  const fix = account.fix === undefined ? [] : [`  ${fixText(account.fix, colour)}`];
  return [`  ${printableLines(account.message, '  ')}`, ...fix];
}

function accountJson(account: AccountReport): object {
  if (account.outcome === 'failed') return { ...account, fix: account.fix ?? null };
  const { totals, ...rest } = account;
  return {
    ...rest,
    unsettled: account.unsettled ?? null,
    unread: { found: account.unread.found, example: account.unread.example ?? null },
    ...totalsJson(totals),
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
