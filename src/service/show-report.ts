import type { Database, Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import type { Part, Report } from '../models/report.js';
import type { DatabaseSettings } from '../models/settings.js';
import { type OpenDatabase, readStoredInParts } from './read-stored.js';
import { showBridge } from './show-bridge.js';
import { showHistory } from './show-history.js';
import { showPortfolio } from './show-portfolio.js';
import { DAY_MS } from '../models/day.js';

const HISTORY_MS = 30 * DAY_MS;

export interface ReportRequest {
  readonly accounts: readonly AccountId[];
  /** Accounts to list even if they were never synced. */
  readonly expected: readonly AccountId[];
  readonly now: number;
  /** ms back from `now`; 30 days and one day by default. */
  readonly historySpan: number | undefined;
  readonly bridgeSpan: number | undefined;
}

/** Portfolio, history and bridge by one opening of the database; throws what showPortfolio throws. */
export async function showReport(
  settings: DatabaseSettings,
  { accounts, expected, now, historySpan = HISTORY_MS, bridgeSpan = DAY_MS }: ReportRequest,
  open: OpenDatabase,
): Promise<Report> {
  return await readStoredInParts(settings, accounts, open, async (database) =>
    database.run(async (sql) => {
      const same = opened(database, sql);
      const request = { accounts, expected, now };
      const portfolio = await showPortfolio(settings, { ...request, currency: undefined }, same);
      const history = await partOf(
        showHistory(settings, { ...request, asset: undefined, period: historySpan }, same),
      );
      const bridges = await partOf(showBridge(settings, { ...request, period: bridgeSpan }, same));
      return { now, portfolio, historySpan, history, bridgeSpan, bridges };
    }),
  );
}

/** The open connection, shared by all reads. */
const opened =
  (database: Database, sql: Sql): OpenDatabase =>
  (fn) =>
    fn({ ...database, run: (work) => work(sql) });

/** The error text if a section has no data yet; the other sections are shown. */
async function partOf<T>(content: Promise<T>): Promise<Part<T>> {
  try {
    return { known: true, content: await content };
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.kind !== 'nothing-to-show') throw error;
    return { known: false, reason: error.message, fix: error.fix ?? '' };
  }
}
