import { refused, shown } from './answer.js';

/** AlphaPulse's tables take no more of a coin's name. */
const OF_A_COIN = 50;
/** PostgreSQL's indexes take 2704 bytes: an id, a pair and an account, were every sign of four bytes. */
const OF_AN_ID = 300;

const LONGEST = {
  id: OF_AN_ID,
  orderId: OF_AN_ID,
  txid: OF_AN_ID,
  asset: OF_A_COIN,
  base: OF_A_COIN,
  quote: OF_A_COIN,
} as const;

type Field = keyof typeof LONGEST;
const FIELDS = Object.keys(LONGEST) as Field[];

/** Everything that an exchange can name; what it says of a fee is within. */
type Named = { readonly [Each in Field]?: string | undefined } & {
  readonly fee?: { readonly asset: string } | undefined;
};

/** The records, whose names a database can keep and a line can hold; throws 'guard' on the first that is otherwise. */
export function named<T extends Named>(records: readonly T[], what: string): readonly T[] {
  for (const record of records) {
    for (const field of FIELDS) refuseOdd(record[field], LONGEST[field], `the ${field} of ${what}`);
    refuseOdd(record.fee?.asset, OF_A_COIN, `the feeAsset of ${what}`);
  }
  return records;
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
