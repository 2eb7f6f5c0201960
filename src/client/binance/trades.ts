import * as v from 'valibot';
import type { Trade } from '../drafts.js';
import { amountOf, msOf, positiveOf, recordOf, shaped, unsignedOf, wholeOf } from '../answer.js';
import { type KnownMarkets, splitSymbol } from '../markets.js';
import { readRecords } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

export const TRADE_PAGE = 1000;

const trade = v.looseObject({
  symbol: v.string(),
  id: v.string(),
  orderId: v.optional(v.string()),
  price: v.string(),
  qty: v.string(),
  quoteQty: v.string(),
  commission: v.string(),
  commissionAsset: v.nullish(v.string(), ''),
  time: v.string(),
  isBuyer: v.boolean(),
});

/** Of one market, from an id or from a time on, oldest first. */
export const tradeParams = ({ from, page, market }: Asked): Record<string, string> => ({
  symbol: market,
  limit: String(TRADE_PAGE),
  ...(page === undefined ? { startTime: String(from) } : { fromId: page }),
});

/** A short page does not prove the end: only an empty one does. */
export function tradePage(answer: unknown, asked: Asked): Page<Trade> {
  const records = shaped(v.array(v.unknown()), answer, 'trades');
  const read = readRecords(records, 'a trade', (record) => tradesIn(record, asked.markets));
  const last = records.map(idOf).reduce((a, b) => (a > b ? a : b), -1n);
  return { ...read, next: last < 0n ? undefined : String(last + 1n) };
}

/** Also of a record that cannot be interpreted otherwise: the next page begins behind the last of them. */
function idOf(record: unknown): bigint {
  const { id } = (record ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? BigInt(id) : -1n;
}

export const tradesIn = (record: unknown, markets: KnownMarkets): readonly Trade[] => [
  tradeOf(record, markets),
];

function tradeOf(record: unknown, markets: KnownMarkets): Trade {
  const row = recordOf(trade, record, 'a trade');
  const { base, quote } = splitSymbol(row.symbol, markets, []);
  const fee = amountOf(row.commission, `the fee of trade ${row.id}`);
  return {
    kind: 'trade',
    id: String(wholeOf(row.id, 'the id of a trade')),
    orderId: row.orderId || undefined,
    symbol: `${base}/${quote}`,
    base,
    quote,
    side: row.isBuyer ? 'buy' : 'sell',
    amount: positiveOf(row.qty, `the amount of trade ${row.id}`),
    price: positiveOf(row.price, `the price of trade ${row.id}`),
    value: unsignedOf(row.quoteQty, `the value of trade ${row.id}`),
    fee: fee.isZero() ? undefined : { asset: row.commissionAsset || quote, amount: fee },
    time: msOf(row.time, `the time of trade ${row.id}`),
    raw: row,
  };
}
