import * as v from 'valibot';
import type { Fee, Trade } from '../drafts.js';
import { amountOf, msOf, positiveOf, recordOf, shaped, unsignedOf } from '../answer.js';
import { type KnownMarkets, splitSymbol } from '../markets.js';
import { readRecords } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

const execution = v.looseObject({
  symbol: v.string(),
  execId: v.pipe(v.string(), v.minLength(1)),
  orderId: v.optional(v.string()),
  side: v.picklist(['Buy', 'Sell']),
  execQty: v.string(),
  execPrice: v.string(),
  execValue: v.string(),
  execTime: v.string(),
  execFee: v.optional(v.string()),
  feeCurrency: v.optional(v.string()),
});

const executions = v.object({
  result: v.object({ list: v.array(v.unknown()), nextPageCursor: v.optional(v.string()) }),
});

/** Bybit forgets pairs that it lists no more; their names are split by what markets are or were quoted in. */
export const QUOTES = [
  ...['USDT', 'USDC', 'USDE', 'USD1', 'RLUSD', 'BTC', 'ETH', 'EUR', 'BRL', 'PLN', 'TRY', 'SOL', 'DAI'],
  ...['MNT', 'BIT', 'USD'],
];

export function tradePage(answer: unknown, { markets }: Asked): Page<Trade> {
  const { list, nextPageCursor } = shaped(executions, answer, 'executions').result;
  const read = readRecords(list, 'an execution', (record) => tradesIn(record, markets));
  return { ...read, next: nextPageCursor || undefined };
}

export const tradesIn = (record: unknown, markets: KnownMarkets): readonly Trade[] => [
  tradeOf(record, markets),
];

function tradeOf(record: unknown, markets: KnownMarkets): Trade {
  const row = recordOf(execution, record, 'an execution');
  const { base, quote } = splitSymbol(row.symbol, markets, QUOTES);
  const side = row.side === 'Buy' ? 'buy' : 'sell';
  const amount = positiveOf(row.execQty, `the amount of trade ${row.execId}`);
  return {
    kind: 'trade',
    id: row.execId,
    orderId: row.orderId || undefined,
    symbol: `${base}/${quote}`,
    base,
    quote,
    side,
    amount,
    price: positiveOf(row.execPrice, `the price of trade ${row.execId}`),
    value: unsignedOf(row.execValue, `the value of trade ${row.execId}`),
    fee: side === 'buy' ? feeOf(row, base, quote) : feeOf(row, quote, base),
    time: msOf(row.execTime, `the time of trade ${row.execId}`),
    raw: row,
  };
}

/**
 * `feeCurrency` is the truth: fees paid in MNT have it. Rows older than the field carry a fee in what was
 * received and a maker's rebate in what was given.
 */
function feeOf(row: v.InferOutput<typeof execution>, received: string, given: string): Fee | undefined {
  const amount = amountOf(row.execFee || '0', `the fee of trade ${row.execId}`);
  if (amount.isZero()) return undefined;
  return { asset: row.feeCurrency || (amount.isNegative() ? given : received), amount };
}
