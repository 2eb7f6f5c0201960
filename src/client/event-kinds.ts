import type { AccountEvent, Leg, LegRole } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { Stream } from '../models/events.js';
import type { Fee, Income, Trade, Transfer } from './drafts.js';
import type { StreamEvent } from './stream-traits.js';

/** The rows of a stream as events; the only place that knows what each kind of row changes. */
export const accountEvents = (stream: Stream, rows: readonly StreamEvent[]): readonly AccountEvent[] =>
  rows.map((row) => ({ ...eventOf(row), id: row.id, source: stream, time: row.time, raw: row.raw }));

type Content = Omit<AccountEvent, 'id' | 'source' | 'time' | 'raw'>;

function eventOf(row: StreamEvent): Content {
  if ('symbol' in row) return tradeEvent(row);
  return 'direction' in row ? transferEvent(row) : incomeEvent(row);
}

function tradeEvent({ kind, symbol, base, quote, side, amount, price, value, fee, orderId }: Trade): Content {
  const isBuy = side === 'buy';
  return {
    ...(kind === 'trade' ? { type: 'trade' } : { type: 'conversion', reason: kind }),
    status: 'done',
    legs: [
      leg('base', base, isBuy ? amount : amount.negated()),
      leg('quote', quote, isBuy ? value.negated() : value),
      ...feeLegs(fee),
    ],
    market: symbol,
    price,
    orderId,
  };
}

const transferEvent = ({ direction, asset, amount, fee, status, txid, network }: Transfer): Content => ({
  type: direction,
  status,
  legs: [leg('moved', asset, direction === 'deposit' ? amount : amount.negated()), ...feeLegs(fee)],
  txid,
  network,
});

const incomeEvent = ({ asset, amount, reason }: Income): Content => ({
  type: 'income',
  status: 'done',
  legs: [leg('income', asset, amount)],
  reason,
});

const feeLegs = (fee: Fee | undefined): Leg[] =>
  fee && !fee.amount.isZero() ? [leg('fee', fee.asset, fee.amount.negated())] : [];

const leg = (role: LegRole, asset: string, amount: Decimal): Leg => ({
  asset,
  amount,
  role,
  wallet: undefined,
});
