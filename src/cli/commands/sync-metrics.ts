import type { AccountId } from '../../models/account.js';
import { BOOKS_CURRENCY } from '../../models/currencies.js';
import type { AccountReport, SyncReport } from '../../models/sync-report.js';
import type { AccountMetrics } from '../../monitoring/families.js';
import { readIfThere, replaceFile } from '../../monitoring/metrics-file.js';
import { parseSamples, renderMetrics, type Sample } from '../../monitoring/metrics-text.js';
import { holdingFigures, portfolioTotals } from '../../accounting/holding-figures.js';
import type { AccountMeasures } from '../../service/measure-accounts.js';
import { configuredAccounts } from '../context.js';

/** What is known of a run, however far it came. */
export interface RunSeen {
  readonly startedAt: number;
  /** Whether a signal or the deadline ended it. */
  readonly stopped: boolean;
  readonly currency?: string;
  readonly accounts?: readonly AccountId[];
  readonly report?: SyncReport;
  readonly measures?: ReadonlyMap<AccountId, AccountMeasures> | undefined;
}

/** Replaces the metrics of the last run by those of this run; throws the error of the system. */
export function saveMetrics(
  path: string,
  selected: readonly string[],
  seen: RunSeen,
  exitCode: number,
): void {
  const samples = parseSamples(readIfThere(path));
  const accounts = accountsOf(seen, selected, samples);
  const currency = seen.currency ?? BOOKS_CURRENCY;
  const endedAt = Date.now();
  const metrics = accounts.map((account) => metricsOf(account, seen, { currency, endedAt, exitCode }));
  replaceFile(path, renderMetrics(metrics, { samples, keepsOthers: selected.length > 0 }, currency));
}

/** If the run failed before it knew its accounts: those configured, or those in the metrics of the last run. */
function accountsOf(
  { accounts }: RunSeen,
  selected: readonly string[],
  samples: readonly Sample[],
): readonly AccountId[] {
  const reported = [...new Set(samples.map(({ account }) => account))];
  const known = [accounts ?? [], configuredAccounts(selected), reported].find((ids) => ids.length > 0);
  return known ?? [''];
}

interface RunEnd {
  readonly currency: string;
  readonly endedAt: number;
  readonly exitCode: number;
}

function metricsOf(
  account: AccountId,
  seen: RunSeen,
  { currency, endedAt, exitCode }: RunEnd,
): AccountMetrics {
  const report = seen.report?.accounts.find((one) => one.account === account);
  const measures = seen.measures?.get(account);
  const rows = measures && holdingFigures(measures.portfolio, currency);
  const totals = rows && portfolioTotals(rows);
  return {
    account,
    lastSuccess: measures?.portfolio.lastSuccess ?? successIn(report, endedAt),
    lastRun: measures?.measuredAt ?? endedAt,
    milliseconds: report?.milliseconds ?? endedAt - seen.startedAt,
    inStep: report?.outcome === 'synced',
    exitCode,
    requests: report?.requests,
    retries: report?.retries,
    newTrades: report && 'newTrades' in report ? report.newTrades : undefined,
    items: rows?.length,
    unpricedItems: totals?.withoutPrice.length,
    value: totals?.value,
    realized: measures?.portfolio.realized,
    unrealized: totals?.pnl,
    driftingItems: measures?.driftingItems,
    newDriftingItems: measures?.newDriftingItems,
    costKnown: measures?.costKnown,
    keyExpiresAt: measures?.keyExpiresAt,
  };
}

/** Where the database could not be asked after a success, this run is it. */
const successIn = (report: AccountReport | undefined, endedAt: number): number | undefined =>
  report?.outcome === 'synced' ? endedAt : undefined;
