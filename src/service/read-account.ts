import type { Decimal } from '../models/decimal.js';
import { FIAT } from '../models/currencies.js';
import type { Price } from '../models/holdings.js';
import type { AccountTotals } from '../models/unread.js';
import type { AccountSession } from './account-session.js';
import { accountTotals, overviewOf } from './account-totals.js';
import { type History, HistoryReader } from './history-reader.js';
import { askedAgain, type OpenQuestions, openQuestions } from './open-questions.js';
import { unexplainedChanges } from './quantity-changes.js';
import { hasVanished, readHoldings, type Reading, refuseVanished } from './read-holdings.js';

/** What one run has read of an account, before any of it is committed. */
export interface AccountReading {
  readonly holdings: Reading;
  readonly history: History;
  /** What no event explains so far. */
  readonly questions: OpenQuestions;
  readonly totals: AccountTotals | undefined;
  /** Of what is held and of fiat currencies. */
  readonly prices: ReadonlyMap<string, Price>;
  /** The same if they are market prices; undefined if the market could not be read. */
  readonly rates: ReadonlyMap<string, Price> | undefined;
}

/** Reads the history, wallets, overview and prices of an account; throws 'guard' if its coins seem to have vanished. */
export async function readAccount(session: AccountSession): Promise<AccountReading> {
  const read = await readRecords(session);
  const totals = await readTotals(session, read);
  const prices = await readPrices(session, read.holdings);
  return { ...read, totals, ...prices };
}

type Records = Pick<AccountReading, 'holdings' | 'history' | 'questions'>;

/**
 * Reads every stream up to now: those that cover the whole account, then the wallets, then the streams that are
 * worth a look after them, also for what earlier runs could not explain. The last page of each waits for the
 * commit; pages before it are a backfill and are stored at once with their cursor, so that an interrupted run
 * resumes there. A stream that cannot be read is noted in the session's parts, and its cursor stays.
 */
async function readRecords(session: AccountSession): Promise<Records> {
  const { client, stored, parts } = session;
  const reader = new HistoryReader(session);
  await parts.readPublic('markets', client.readMarkets);
  await reader.readAgain();
  await reader.read(client.streams);
  const { changes } = await reader.history();
  const holdings = await readHoldings(session);
  const before = openQuestions(session.cache);
  const openAfter = (known: ReadonlyMap<string, Decimal>) =>
    askedAgain(before, unexplainedChanges(stored.holdings, holdings.quantities, known), Date.now());
  const unexplained = [...openAfter(changes).keys()];
  const search = await client.searchStreams({ cursors: reader.cursors(), unexplained });
  await reader.read(search, unexplained.length > 0);
  const history = await reader.history();
  return { holdings, history, questions: openAfter(history.changes) };
}

/** What the exchange reports beside the wallets. */
async function readTotals(
  session: AccountSession,
  { holdings, history }: Records,
): Promise<AccountTotals | undefined> {
  const { client, cache, stored } = session;
  const overview = await overviewOf(client, cache, { fresh: hasVanished(holdings, stored) });
  refuseVanished(session, holdings, history.changes, overview);
  return accountTotals(holdings.wallets, overview, Date.now());
}

/** Market prices, or those of pegged assets only if the market cannot be read. */
async function readPrices(
  { context, client, parts }: AccountSession,
  { quantities }: Reading,
): Promise<Pick<AccountReading, 'prices' | 'rates'>> {
  const { reportingCurrency } = context.accounting;
  const assets = [...new Set([...quantities.keys(), ...FIAT])];
  const rates = await parts.readPublic('prices', () => client.readPrices(assets, reportingCurrency));
  return { prices: rates ?? client.peggedPrices(assets, reportingCurrency), rates };
}
