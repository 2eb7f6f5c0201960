import type { ExchangeClient } from '../client/exchange-client.js';
import type { AccountId } from '../models/account.js';
import type { Decimal } from '../models/decimal.js';
import type { StoredAccount } from './account-state.js';
import { type History, HistoryReader } from './history-reader.js';
import { askedAgain, type OpenQuestions } from './open-questions.js';
import type { Parts } from './parts.js';
import { unexplainedChanges } from './quantity-changes.js';
import { readHoldings, type Reading } from './read-holdings.js';
import type { SyncContext } from './sync-context.js';

export interface AccountReading {
  readonly holdings: Reading;
  readonly history: History;
  /** What no event explains so far. */
  readonly questions: OpenQuestions;
}

/** What is known of an account before it is read. */
export interface AccountSource {
  readonly stored: StoredAccount;
  /** What no event explained so far. */
  readonly questions: OpenQuestions;
  readonly parts: Parts;
}

/**
 * Reads every stream up to now: those that tell of the whole account, then the wallets, then the streams that
 * are worth a look after them, also for what earlier runs could not explain. The last page of each waits for
 * the commit; pages before it are a backfill and are stored at once with their cursor, so that a run cut
 * short resumes there. A stream that cannot be read is noted in `parts`, and its cursor stays.
 */
export async function readAccount(
  context: SyncContext,
  account: AccountId,
  client: ExchangeClient,
  { stored, questions, parts }: AccountSource,
): Promise<AccountReading> {
  const reader = new HistoryReader(context, account, client, { stored, parts });
  await parts.readPublic('markets', client.readMarkets);
  await reader.readAgain();
  await reader.read(client.streams);
  const { changes } = await reader.history();
  const holdings = await readHoldings(context, client, { stored, parts });
  const openAfter = (known: ReadonlyMap<string, Decimal>) =>
    askedAgain(questions, unexplainedChanges(stored.holdings, holdings.quantities, known), Date.now());
  const unexplained = [...openAfter(changes).keys()];
  const search = await client.searchStreams({ cursors: reader.cursors(), unexplained });
  await reader.read(search, unexplained.length > 0);
  const history = await reader.history();
  return { holdings, history, questions: openAfter(history.changes) };
}
