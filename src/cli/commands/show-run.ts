import { withDatabase } from '../../database/with-database.js';
import { parseDecimal } from '../../models/decimal.js';
import type { AccountId } from '../../models/account.js';
import type { AccountPortfolio } from '../../models/portfolio.js';
import type { DatabaseSettings } from '../../models/settings.js';
import { writeOut } from '../../render/output.js';
import { renderPortfolioCsv } from '../../render/portfolio-csv.js';
import { renderPortfolioJson } from '../../render/portfolio-json.js';
import { renderPortfolio } from '../../render/portfolio-table.js';
import type { OpenDatabase } from '../../service/read-stored.js';
import { showPortfolio } from '../../service/show-portfolio.js';
import { loadForShow } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { coloured, widthOf } from '../terminal.js';
import type { ShowOptions } from './show.js';

/** A sync that is running keeps the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;
const STALE_AFTER_MS = 65 * 60_000;

/** Runs the command and gives its exit status. */
export async function show(options: ShowOptions): Promise<number> {
  const { database: settings, accounts } = loadForShow(options.exchange);
  const open: OpenDatabase = (fn) => withDatabase(settings, { lockWaitMs: LOCK_WAIT_MS }, fn);
  await writeOut(await textOf(options, settings, accounts, open));
  return EXIT.ok;
}

/** What few ask for is loaded only then: the others start without it. */
async function textOf(
  options: ShowOptions,
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  open: OpenDatabase,
): Promise<string> {
  const now = Date.now();
  if (options.history !== undefined) {
    const { renderHistoryAs, showHistory } = await import('./show-history.js');
    return renderHistoryAs(
      options,
      await showHistory(settings, { accounts, period: options.history, now }, open),
    );
  }
  if (options.bridge !== undefined) {
    const { renderBridgeAs, showBridge } = await import('./show-bridge.js');
    return renderBridgeAs(
      options,
      await showBridge(settings, { accounts, period: options.bridge, now }, open),
    );
  }
  if (options.period !== undefined) {
    const { renderResultsAs, showResults } = await import('./show-results.js');
    const request = { accounts, period: options.period, now };
    return renderResultsAs(options, await showResults(settings, request, open));
  }
  return renderAs(options, await showPortfolio(settings, accounts, open));
}

function renderAs(options: ShowOptions, accounts: readonly AccountPortfolio[]): string {
  const now = Date.now();
  const currency = 'USD';
  if (options.format === 'json') return renderPortfolioJson(accounts, { now, currency });
  if (options.format === 'csv') return renderPortfolioCsv(accounts, { currency });
  return renderPortfolio(accounts, {
    now,
    currency,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
    privacy: options.privacy ?? false,
    sort: options.sort,
    staleAfterMs: STALE_AFTER_MS,
    ...(options.minValue ? { minValue: parseDecimal(options.minValue) } : {}),
  });
}
