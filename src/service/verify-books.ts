import { applyEvent } from '../accounting/apply-event.js';
import { Ledger } from '../accounting/ledger.js';
import type { AccountingSettings } from '../accounting/settings.js';
import { settingsKey } from '../accounting/version.js';
import type { Database } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { EventPrice } from '../models/pool.js';
import type { Ambiguity } from '../models/transfers.js';
import { fetchBooksPosition, fetchCheckpoint } from '../repository/checkpoints.js';
import { fetchEventPrices } from '../repository/event-prices.js';
import { fetchOwnTransfers } from '../repository/own-transfers.js';
import { eventsAfter } from './events-after.js';
import { NOTHING_PENDING, overlayOf } from './pending-events.js';
import { resolveTransfers } from './resolve-transfers.js';

export interface Verification {
  /** `behind`: something is stored that no sync has reckoned in yet, so there is nothing to compare. */
  readonly outcome: 'equal' | 'different' | 'behind';
  readonly events: number;
  /** Where transfers of the account fit others in several ways. */
  readonly ambiguous: readonly Ambiguity[];
}

/** Replays the whole stored history of an account and sets it against its books; changes nothing. */
export async function verifyBooks(
  database: Database,
  settings: AccountingSettings,
  account: AccountId,
): Promise<Verification> {
  const { position, transfers, stored } = await database.run(async (sql) => {
    const found = await fetchBooksPosition(sql, account);
    const [newest] = found.times;
    return {
      position: found,
      transfers: resolveTransfers(settings, account, await fetchOwnTransfers(sql, account), NOTHING_PENDING),
      stored: newest === undefined ? undefined : await fetchCheckpoint(sql, account, newest),
    };
  });
  const { ambiguous } = transfers;
  const behind = position.affectedFrom !== undefined || transfers.affectedFrom !== undefined;
  if (behind || position.settings !== settingsKey(settings))
    return { outcome: 'behind', events: 0, ambiguous };

  let prices = new Map<string, EventPrice>();
  const keyOf = (asset: string, time: number) => `${asset}@${time}`;
  const ledger = new Ledger(settings, (asset, time) => prices.get(keyOf(asset, time))?.price);
  let count = 0;
  const source = { database, nothingStored: false, signal: new AbortController().signal };
  for await (const events of eventsAfter(
    source,
    account,
    undefined,
    overlayOf(NOTHING_PENDING, transfers.resolve),
  )) {
    const [first, last] = [events[0]?.time ?? 0, events.at(-1)?.time ?? 0];
    const known = await database.run((sql) => fetchEventPrices(sql, account, first - 1, last));
    prices = new Map(known.map((price) => [keyOf(price.asset, price.time), price]));
    for (const event of events) applyEvent(ledger, event);
    count += events.length;
  }
  const equal = JSON.stringify(ledger.state()) === JSON.stringify(stored ?? { books: [] });
  return { outcome: equal ? 'equal' : 'different', events: count, ambiguous };
}
