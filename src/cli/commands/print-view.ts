import { setImmediate as nextTurn } from 'node:timers/promises';
import { withDatabase } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import { parseDecimal } from '../../models/decimal.js';
import { BOOKS_CURRENCY } from '../../models/rates.js';
import type { Document } from '../../render/document.js';
import { painter } from '../../render/colour.js';
import { writeOut } from '../../render/output.js';
import type { OpenDatabase } from '../../service/read-stored.js';
import { showPortfolio } from '../../service/show-portfolio.js';
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

/** What each view reads and renders; only the one that is used is loaded. */
const VIEWS: Record<View, (request: ViewRequest) => Promise<string>> = {
  portfolio: async ({ options, database, accounts, expected, now, open }) => {
    const stored = showPortfolio(database, { accounts, expected, now, currency: options.currency }, open);
    // The code loads while the connection to the database, which the next turn opens, is on its way.
    const documents = nextTurn().then(() => import('../../render/documents/portfolio.js'));
    const [portfolio, { portfolioDocument }] = await Promise.all([stored, documents]);
    const { recent, rate } = portfolio;
    const settings = { ...portfolioOptions(options), now, recent, rate };
    return await rendered(options, portfolioDocument(portfolio.accounts, settings), async () => {
      const { renderPortfolioJson } = await import('../../render/json/portfolio.js');
      return renderPortfolioJson(portfolio.accounts, settings);
    });
  },
  history: async ({ options, database, accounts, expected, now, open }) => {
    const { showHistory } = await import('../../service/show-history.js');
    const { historyDocument } = await import('../../render/documents/history.js');
    const request = { accounts, expected, asset: options.asset, period: options.history ?? 0, now };
    const history = await showHistory(database, request, open);
    return await rendered(options, historyDocument(history, amountOptions(options)), async () =>
      (await import('../../render/json/history.js')).renderHistoryJson(history, amountOptions(options)),
    );
  },
  bridge: async ({ options, database, accounts, expected, now, open }) => {
    const { showBridge } = await import('../../service/show-bridge.js');
    const { attributionDocument } = await import('../../render/documents/attribution.js');
    const request = { accounts, expected, period: options.bridge ?? 0, now };
    const bridges = await showBridge(database, request, open);
    return await rendered(options, attributionDocument(bridges, amountOptions(options)), async () =>
      (await import('../../render/json/attribution.js')).renderAttributionJson(
        bridges,
        amountOptions(options),
      ),
    );
  },
  period: async ({ options, database, accounts, expected, now, open }) => {
    const { showResults } = await import('../../service/show-results.js');
    const { resultsDocument } = await import('../../render/documents/results.js');
    const request = { accounts, expected, period: options.period ?? { kind: 'all' }, now };
    const results = await showResults(database, request, open);
    return await rendered(options, resultsDocument(results, amountOptions(options)), async () =>
      (await import('../../render/json/results.js')).renderResultsJson(results, amountOptions(options)),
    );
  },
  trades: async ({ options, settings, database, accounts, now, open }) => {
    const { showTrades } = await import('../../service/show-trades.js');
    const { tradesDocument } = await import('../../render/documents/trades.js');
    // A program reads a long history from its beginning, a person its end.
    const limit = isForPrograms(options) ? undefined : options.limit;
    const request = { accounts, asset: options.trades ?? '', limit, now };
    const traces = await showTrades(database, accountingSettings(settings), request, open);
    return await rendered(options, tradesDocument(traces, amountOptions(options)), async () =>
      (await import('../../render/json/trades.js')).renderTradesJson(traces, amountOptions(options)),
    );
  },
  report: async ({ options, database, accounts, expected, now, open }) => {
    const { showReport } = await import('../../service/show-report.js');
    const { reportPage } = await import('../../render/documents/report.js');
    const { renderHtml } = await import('../../render/formats/html.js');
    const request = { accounts, expected, now, historySpan: options.history, bridgeSpan: options.bridge };
    return renderHtml(reportPage(await showReport(database, request, open), portfolioOptions(options)));
  },
};

/** The contract for programs, or the document. */
const rendered = ({ format, exact }: ShowOptions, document: Document, json: () => Promise<string>) =>
  format === 'json' ? json() : renderDocument(document, { format, exact });

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
