import { withDatabase } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import { parseDecimal } from '../../models/decimal.js';
import { BOOKS_CURRENCY } from '../../models/currencies.js';
import type { Document } from '../../render/document.js';
import { attributionDocument } from '../../render/documents/attribution.js';
import { historyDocument } from '../../render/documents/history.js';
import { portfolioDocument } from '../../render/documents/portfolio.js';
import { resultsDocument } from '../../render/documents/results.js';
import { tradesDocument } from '../../render/documents/trades.js';
import { renderAttributionJson } from '../../render/json/attribution.js';
import { renderHistoryJson } from '../../render/json/history.js';
import { renderPortfolioJson } from '../../render/json/portfolio.js';
import { renderResultsJson } from '../../render/json/results.js';
import { renderTradesJson } from '../../render/json/trades.js';
import { painter } from '../../render/colour.js';
import { writeOut } from '../../render/output.js';
import type { OpenDatabase } from '../../service/read-stored.js';
import { showBridge } from '../../service/show-bridge.js';
import { showHistory } from '../../service/show-history.js';
import { showPortfolio } from '../../service/show-portfolio.js';
import { showReport } from '../../service/show-report.js';
import { showResults } from '../../service/show-results.js';
import { showTrades } from '../../service/show-trades.js';
import { accountingSettings, configuredAccounts, type Loaded, loadForShow } from '../context.js';
import { withDeadline } from '../deadline.js';
import { EXIT } from '../exit-codes.js';
import { renderDocument } from '../formats.js';
import { type ShowOptions, type View, viewOf } from './view-options.js';
import { coloured } from '../terminal.js';

/** A sync that is running keeps the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;
const STALE_AFTER_MS = 65 * 60_000;

/** Runs `show` and gives its exit status. */
export async function show(options: ShowOptions): Promise<number> {
  const loaded = loadForShow(options.exchange);
  const open: OpenDatabase = (fn) => withDatabase(loaded.database, { lockWaitMs: LOCK_WAIT_MS }, fn);
  const request = requestOf(options, loaded, open);
  try {
    await writeOut(await withDeadline(options.timeout, () => VIEWS[viewOf(options)](request)));
  } finally {
    const note = databaseNote(loaded);
    if (note !== undefined) await writeOut(note, process.stderr).catch(() => undefined);
  }
  return EXIT.ok;
}

/** Which database that was, unless the settings leave no doubt: far from them, an old embedded one may be found. */
function databaseNote({ environment, database }: Loaded<readonly AccountId[]>): string | undefined {
  const { env, file, foreignFile } = environment;
  if (database.kind !== 'embedded' || env['EXCHANGE_SYNC_DATA_DIR']) return undefined;
  if (foreignFile === undefined && (file ?? configuredAccounts([])[0]) !== undefined) return undefined;
  const why =
    foreignFile === undefined ? 'no settings were found' : `${foreignFile} has none of exchange-sync`;
  const text = `This is the embedded database in ${database.directory}: ${why}.`;
  return `${painter(coloured(process.stderr))('dim', text)}\n`;
}

interface ViewRequest extends Pick<Loaded<readonly AccountId[]>, 'settings' | 'database' | 'accounts'> {
  readonly options: ShowOptions;
  readonly open: OpenDatabase;
  readonly now: number;
  /** Accounts to state even if they were never synced. */
  readonly expected: readonly AccountId[];
}

function requestOf(
  options: ShowOptions,
  { settings, database, accounts }: Loaded<readonly AccountId[]>,
  open: OpenDatabase,
): ViewRequest {
  const expected = accounts.length > 0 ? accounts : configuredAccounts([]);
  return { options, settings, database, accounts, expected, open, now: Date.now() };
}

/** What each view reads and renders. */
const VIEWS: Record<View, (request: ViewRequest) => Promise<string>> = {
  portfolio: async ({ options, database, accounts, expected, now, open }) => {
    const request = { accounts, expected, now, currency: options.currency };
    const portfolio = await showPortfolio(database, request, open);
    const { recent, rate } = portfolio;
    const settings = { ...portfolioOptions(options), now, recent, rate };
    return await rendered(
      options,
      () => portfolioDocument(portfolio.accounts, settings),
      () => renderPortfolioJson(portfolio.accounts, settings),
    );
  },
  history: async ({ options, database, accounts, expected, now, open }) => {
    const request = { accounts, expected, asset: options.asset, period: options.history ?? 0, now };
    const history = await showHistory(database, request, open);
    return await rendered(
      options,
      () => historyDocument(history, amountOptions(options)),
      () => renderHistoryJson(history, amountOptions(options)),
    );
  },
  bridge: async ({ options, database, accounts, expected, now, open }) => {
    const request = { accounts, expected, period: options.bridge ?? 0, now };
    const bridges = await showBridge(database, request, open);
    return await rendered(
      options,
      () => attributionDocument(bridges, amountOptions(options)),
      () => renderAttributionJson(bridges, amountOptions(options)),
    );
  },
  period: async ({ options, database, accounts, expected, now, open }) => {
    const request = { accounts, expected, period: options.period ?? { kind: 'all' as const }, now };
    const results = await showResults(database, request, open);
    return await rendered(
      options,
      () => resultsDocument(results, amountOptions(options)),
      () => renderResultsJson(results, amountOptions(options)),
    );
  },
  trades: async ({ options, settings, database, accounts, now, open }) => {
    // A program reads a long history from its beginning, a person its end.
    const limit = isForPrograms(options) ? undefined : options.limit;
    const request = { accounts, asset: options.trades ?? '', limit, now };
    const traces = await showTrades(database, accountingSettings(settings), request, open);
    return await rendered(
      options,
      () => tradesDocument(traces, amountOptions(options)),
      () => renderTradesJson(traces, amountOptions(options)),
    );
  },
  report: async ({ options, database, accounts, expected, now, open }) => {
    const { reportPage } = await import('../../render/documents/report.js');
    const { renderHtml } = await import('../../render/formats/html.js');
    const request = { accounts, expected, now, historySpan: options.history, bridgeSpan: options.bridge };
    return renderHtml(reportPage(await showReport(database, request, open), portfolioOptions(options)));
  },
};

/** The contract for programs, or the document; only the one that is asked for is made. */
const rendered = async ({ format, exact }: ShowOptions, document: () => Document, json: () => string) =>
  format === 'json' ? json() : await renderDocument(document(), { format, exact });

const isForPrograms = ({ format }: ShowOptions): boolean => format === 'json' || format === 'csv';

const amountOptions = ({ privacy, currency }: ShowOptions) => ({
  currency: currency ?? BOOKS_CURRENCY,
  privacy: privacy ?? false,
});

const portfolioOptions = (options: ShowOptions) => ({
  ...amountOptions(options),
  sort: options.sort,
  group: options.group,
  staleAfterMs: STALE_AFTER_MS,
  ...(options.minValue ? { minValue: parseDecimal(options.minValue) } : {}),
});
