import type { AccountEvent, Leg } from '../../src/models/account-event.js';
import type { Fee, Income, Trade, Transfer } from '../../src/models/events.js';
import type { StreamEvent } from '../../src/client/stream-traits.js';

/** The event that a draft of the readers becomes. */
export function asEvent(row: StreamEvent): AccountEvent {
  if ('symbol' in row) return tradeEvent(row);
  return 'direction' in row ? transferEvent(row) : incomeEvent(row);
}

const leg = (asset: string, amount: Leg['amount'], role: Leg['role']): Leg => ({
  asset,
  amount,
  role,
  wallet: undefined,
});

const feeLegs = (fee: Fee | undefined): Leg[] => (fee ? [leg(fee.asset, fee.amount.negated(), 'fee')] : []);

const tradeEvent = (row: Trade): AccountEvent => ({
  id: row.id,
  source: '',
  time: row.time,
  type: row.kind === 'trade' ? 'trade' : 'conversion',
  status: 'done',
  legs: [
    leg(row.base, row.side === 'buy' ? row.amount : row.amount.negated(), 'base'),
    leg(row.quote, row.side === 'buy' ? row.value.negated() : row.value, 'quote'),
    ...feeLegs(row.fee),
  ],
  market: row.symbol,
  price: row.price,
  reason: row.kind === 'trade' ? undefined : row.kind,
  orderId: row.orderId,
  raw: row.raw,
});

const transferEvent = (row: Transfer): AccountEvent => ({
  id: row.id,
  source: '',
  time: row.time,
  type: row.direction,
  status: row.status === 'ok' ? 'done' : row.status,
  legs: [
    leg(row.asset, row.direction === 'deposit' ? row.amount : row.amount.negated(), 'moved'),
    ...feeLegs(row.fee),
  ],
  txid: row.txid,
  network: row.network,
  raw: row.raw,
});

const incomeEvent = (row: Income): AccountEvent => ({
  id: row.id,
  source: '',
  time: row.time,
  type: 'income',
  status: 'done',
  legs: [leg(row.asset, row.amount, 'income')],
  reason: row.reason,
  raw: row.raw,
});
