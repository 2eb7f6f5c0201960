import { refused, shown } from './answer.js';
import type { EventDraft } from './event-readers.js';

/** AlphaPulse's tables take no more of a coin's name. */
const MAX_COIN = 50;
/** PostgreSQL's indexes take 2704 bytes: an id, a pair and an account, were every sign of four bytes. */
const MAX_ID = 300;

const MAX_LENGTHS = {
  id: MAX_ID,
  orderId: MAX_ID,
  txid: MAX_ID,
  asset: MAX_COIN,
  base: MAX_COIN,
  quote: MAX_COIN,
};

type Field = keyof typeof MAX_LENGTHS;
const FIELDS = Object.keys(MAX_LENGTHS) as Field[];

/** Everything that an exchange can name. */
type Named = { readonly [Each in Field]?: string | undefined };

/** The records, whose names a database can store and a line can hold; throws 'guard' on the first other one. */
export function named<T extends Named>(records: readonly T[], what: string): readonly T[] {
  for (const record of records) {
    for (const field of FIELDS) refuseOdd(record[field], MAX_LENGTHS[field], `the ${field} of ${what}`);
  }
  return records;
}

/** The same for events and their legs. */
export function namedEvents(events: readonly EventDraft[], what: string): readonly EventDraft[] {
  for (const { legs } of named(events, what)) {
    for (const { asset } of legs) refuseOdd(asset, MAX_COIN, `the asset of ${what}`);
  }
  return events;
}

function refuseOdd(name: string | undefined, most: number, what: string): void {
  if (name === undefined) return;
  // Shown by itself, what comes after it could be taken for a line of ours.
  if (/[\r\n]/.test(name)) throw refused(`the exchange sent ${shown(name)} as ${what}, with a line break`);
  if (name.length <= most) return;
  // PostgreSQL counts a surrogate pair as one.
  if (name.length <= 2 * most && Array.from(name).length <= most) return;
  throw refused(`the exchange sent ${shown(name)} as ${what}, which is longer than ${most} characters`);
}
