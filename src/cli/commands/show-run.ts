import { setImmediate as nextTurn } from 'node:timers/promises';
import { withDatabase } from '../../database/with-database.js';
import { writeOut } from '../../render/output.js';
import type { OpenDatabase } from '../../service/read-stored.js';
import { showPortfolio } from '../../service/show-portfolio.js';
import { loadForShow } from '../context.js';
import { EXIT } from '../exit-codes.js';
import type { ShowOptions } from './show.js';

/** A sync that is running keeps the embedded database for a few seconds. */
const LOCK_WAIT_MS = 15_000;

/** Runs the command and gives its exit status. */
export async function show(options: ShowOptions): Promise<number> {
  const { database: settings, accounts } = loadForShow(options.exchange);
  const open: OpenDatabase = (fn) => withDatabase(settings, { lockWaitMs: LOCK_WAIT_MS }, fn);
  if (options.history === undefined) {
    const [portfolio, renderPortfolioAs] = await Promise.all([
      showPortfolio(settings, accounts, open),
      loadRenderer(),
    ]);
    await writeOut(renderPortfolioAs(options, portfolio));
  } else {
    const request = { accounts, period: options.history, now: Date.now() };
    // Few ask for it: the others start without it.
    const { renderHistoryAs, showHistory } = await import('./show-history.js');
    await writeOut(renderHistoryAs(options, await showHistory(settings, request, open)));
  }
  return EXIT.ok;
}

/** Loads while the database is at work, whose connection is on its way by the next turn. */
async function loadRenderer() {
  await nextTurn();
  return (await import('./show-portfolio.js')).renderPortfolioAs;
}
