import type { AccountReport, SyncReport } from '../models/sync-report.js';
import type { Paint } from './colour.js';
import { painter } from './colour.js';
import { count } from '../models/text.js';
import { formatDuration } from '../models/duration.js';
import { fixText } from './error-text.js';
import { printable, printableLines } from './escape.js';
import { alignedRows } from './formats/light-table.js';
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
