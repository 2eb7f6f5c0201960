import type { ValueHistory, ValueSeries } from '../../models/history.js';
import { amountOrNull, jsonText, SCHEMA_VERSION, timeOrNull } from './text.js';

/** The values over time for a machine: amounts as strings, times in ISO 8601 UTC, null for what is not known. */
export function renderHistoryJson(
  history: ValueHistory,
  { currency }: { readonly currency: string },
): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: timeOrNull(history.to),
    currency,
    asset: history.asset ?? null,
    from: timeOrNull(history.from),
    to: timeOrNull(history.to),
    accounts: history.accounts.map(({ account, series }) => ({ account, ...seriesJson(series) })),
    absentAccounts: history.absent,
    total: history.total ? seriesJson(history.total) : null,
  });
}

const seriesJson = ({ points, gaps }: ValueSeries): object => ({
  points: points.map(({ time, value, complete, joined, accounts, unpriced }) => ({
    time: timeOrNull(time),
    value: amountOrNull(value),
    valueLeavesOut: unpriced,
    accounts,
    complete,
    joinedToPrevious: joined,
  })),
  gaps: gaps.map(({ from, to }) => ({ from: timeOrNull(from), to: timeOrNull(to) })),
});
