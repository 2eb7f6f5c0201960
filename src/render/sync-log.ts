import type { LogLevel } from '../models/log.js';
import type { AccountReport, SyncReport } from '../models/sync-report.js';
import { count } from '../models/text.js';
import { formatDuration } from '../models/duration.js';

/** A line of the log file with its structured fields. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * One line per stored account and one for the run, all at info. The reason of a failed account is logged at
 * error when it fails, so no second line repeats it here.
 */
export function syncLogLines({ accounts, milliseconds }: SyncReport, exitCode: number): readonly LogLine[] {
  const counts = (['synced', 'partial', 'failed'] as const).map(
    (outcome) => [outcome, accounts.filter((account) => account.outcome === outcome).length] as const,
  );
  return [
    ...accounts.flatMap(accountLine),
    {
      level: 'info',
      message:
        `run finished with exit code ${exitCode} in ${formatDuration(milliseconds)}: ` +
        counts.map(([outcome, number]) => `${number} ${outcome}`).join(', '),
      fields: { exitCode, milliseconds, ...Object.fromEntries(counts) },
    },
  ];
}

function accountLine(report: AccountReport): readonly LogLine[] {
  if (report.outcome === 'failed') return [];
  const { account, outcome, assets, newTrades, newTransfers, requests, retries, milliseconds } = report;
  const figures = { assets, newTrades, newTransfers, requests, retries, milliseconds };
  const parts = [
    count(assets, 'asset'),
    count(newTrades, 'new trade'),
    count(newTransfers, 'new transfer'),
    count(requests, 'request'),
  ];
  const message = `${account}: ${outcome} in ${formatDuration(milliseconds)}: ${parts.join(', ')}`;
  return [{ level: 'info', message, fields: { account, outcome, ...figures } }];
}
