import { setImmediate as nextTurn } from 'node:timers/promises';
import { withDatabase } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import { painter } from '../../render/colour.js';
import { writeOut } from '../../render/output.js';
import type { OpenDatabase } from '../../service/read-stored.js';
import { showPortfolio } from '../../service/show-portfolio.js';
import { accountingSettings, configuredAccounts, type Loaded, loadForShow } from '../context.js';
import { withDeadline } from '../deadline.js';
import { EXIT } from '../exit-codes.js';
import { coloured } from '../terminal.js';
import type { ShowOptions } from './show.js';

/** A sync that is running keeps the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;

/** Formats for a person, who reads the end of a long history first. */
const LIMITED: ReadonlySet<ShowOptions['format']> = new Set(['table', 'markdown']);

/** Runs the command and gives its exit status. */
export async function show(options: ShowOptions): Promise<number> {
  const loaded = loadForShow(options.exchange);
  const open: OpenDatabase = (fn) => withDatabase(loaded.database, { lockWaitMs: LOCK_WAIT_MS }, fn);
  try {
    await writeOut(await withDeadline(options.timeout, () => textOf(options, loaded, open)));
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

/** What few ask for is loaded only then: the others start without it. */
async function textOf(
  options: ShowOptions,
  { settings: choices, database: settings, accounts }: Loaded<readonly AccountId[]>,
  open: OpenDatabase,
): Promise<string> {
  const now = Date.now();
  const expected = accounts.length > 0 ? accounts : configuredAccounts([]);
  if (options.format === 'html') {
    const { renderReportAs, showReport } = await import('./show-report.js');
    const request = { accounts, expected, now, historySpan: options.history, bridgeSpan: options.bridge };
    return renderReportAs(options, await showReport(settings, request, open));
  }
  if (options.history !== undefined) {
    const { renderHistoryAs, showHistory } = await import('./show-history.js');
    const request = { accounts, expected, asset: options.asset, period: options.history, now };
    return renderHistoryAs(options, await showHistory(settings, request, open));
  }
  if (options.bridge !== undefined) {
    const { renderBridgeAs, showBridge } = await import('./show-bridge.js');
    const request = { accounts, expected, period: options.bridge, now };
    return renderBridgeAs(options, await showBridge(settings, request, open));
  }
  if (options.period !== undefined) {
    const { renderResultsAs, showResults } = await import('./show-results.js');
    const request = { accounts, expected, period: options.period, now };
    return renderResultsAs(options, await showResults(settings, request, open));
  }
  if (options.trades !== undefined) {
    const { renderTradesAs, showTrades } = await import('./show-trades.js');
    const limit = LIMITED.has(options.format) ? options.limit : undefined;
    const request = { accounts, asset: options.trades, limit, now };
    return renderTradesAs(options, await showTrades(settings, accountingSettings(choices), request, open));
  }
  const portfolio = showPortfolio(settings, { accounts, expected, now, currency: options.currency }, open);
  const [stored, render] = await Promise.all([portfolio, loadRenderer()]);
  return render(options, stored);
}

/** Loads while the database is at work, whose connection is on its way by the next turn. */
async function loadRenderer() {
  await nextTurn();
  return (await import('./show-portfolio.js')).renderPortfolioAs;
}
