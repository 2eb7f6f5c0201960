import type { EventStatus } from '../../models/account-event.js';
import { msOf, UnreadableRecord } from '../answer.js';
import { conversionEvent, type EventReader, tradeEvent, transferEvent } from '../event-readers.js';
import { splitSymbol } from '../markets.js';
import {
  absentIsZero,
  amount,
  choice,
  id,
  list,
  ms,
  optional,
  positive,
  record,
  seconds,
  text,
  unsigned,
} from '../records.js';

/** Delisted pairs vanish from the list of markets; their names are split by what markets are or were quoted in. */
export const QUOTES = [
  ...['USDT', 'USDC', 'USDE', 'USD1', 'RLUSD', 'BTC', 'ETH', 'EUR', 'BRL', 'PLN', 'TRY', 'SOL', 'DAI'],
  ...['MNT', 'BIT', 'USD'],
];

const execution = record('an execution', {
  id: id('execId'),
  orderId: optional('orderId'),
  pair: text('symbol'),
  side: choice('side', { Buy: 'buy', Sell: 'sell' } as const),
  amount: positive('execQty'),
  price: positive('execPrice'),
  value: unsigned('execValue'),
  fee: absentIsZero(amount('execFee')),
  feeAsset: optional('feeCurrency'),
  time: ms('execTime'),
});

/** Rows older than `feeCurrency` carry a fee in what was received and a maker's rebate in what was given. */
export const executions: EventReader = (raw, { markets }) => {
  const row = execution(raw);
  const pair = splitSymbol(row.pair, markets, QUOTES);
  const [received, given] = row.side === 'buy' ? [pair.base, pair.quote] : [pair.quote, pair.base];
  const unnamed = row.fee.isNegative() ? given : received;
  return [tradeEvent(row, row.side, pair, [{ asset: row.feeAsset ?? unnamed, amount: row.fee }])];
};

const coins = { asset: text('coin'), amount: unsigned('amount'), txid: optional('txID') };
const onChain = { ...coins, network: optional('chain') };

const deposit = record('a deposit', {
  ...onChain,
  id: optional('id'),
  place: optional('txIndex'),
  fee: absentIsZero(unsigned('depositFee')),
  // 3 is success, 10012 and 70012 are credited to the funding wallet; 4, 70011 and 70013 never will be.
  status: choice<EventStatus>(
    'status',
    { 3: 'done', 10012: 'done', 70012: 'done', 4: 'failed', 70011: 'failed', 70013: 'failed' },
    'pending',
  ),
  time: text('successAt'),
});

/** Rows older than `id` have a transaction and a place in it. What has not arrived may have no time yet. */
export const deposits: EventReader = (raw, { answeredAt }) => {
  const row = deposit(raw);
  const place = row.txid && [row.txid, row.place, row.asset].filter(Boolean).join(':');
  const identity = row.id ?? place;
  if (!identity) throw new UnreadableRecord('shape', 'the exchange sent a deposit with neither id nor txID');
  const time = msOf(row.time || (row.status === 'pending' ? answeredAt : ''), 'successAt of a deposit');
  return [transferEvent('deposit', { id: identity, time }, row, row.fee)];
};

const internalDeposit = record('an internal deposit', {
  ...coins,
  id: id('id'),
  status: choice<EventStatus>('status', { 2: 'done', 3: 'failed' }, 'pending'),
  time: seconds('createdTime'),
});

/** From another user of Bybit, off the chain; its ids are counted apart from those of other deposits. */
export const internalDeposits: EventReader = (raw) => {
  const row = internalDeposit(raw);
  return [transferEvent('deposit', { id: `internal:${row.id}`, time: row.time }, row)];
};

const WITHDRAWAL_STATUS: Readonly<Record<string, EventStatus>> = {
  ...{ success: 'done', BlockchainConfirmed: 'done' },
  ...{ CancelByUser: 'failed', Reject: 'failed', Fail: 'failed' },
};

const withdrawal = record('a withdrawal', {
  ...onChain,
  id: id('withdrawId'),
  fee: absentIsZero(unsigned('withdrawFee')),
  status: choice('status', WITHDRAWAL_STATUS, 'pending'),
  time: ms('createTime'),
});

export const withdrawals: EventReader = (raw) => {
  const row = withdrawal(raw);
  return [transferEvent('withdrawal', row, row, row.fee)];
};

const CONVERSION_STATUS = { success: 'done', failure: 'failed', failed: 'failed' } as const;

const conversion = record('a conversion', {
  id: id('exchangeTxId'),
  from: text('fromCoin'),
  fromAmount: positive('fromAmount'),
  to: text('toCoin'),
  toAmount: unsigned('toAmount'),
  status: choice<EventStatus>('exchangeStatus', CONVERSION_STATUS, 'pending'),
  time: ms('createdAt'),
});

export const conversions: EventReader = (raw) => {
  const row = conversion(raw);
  if (row.status === 'done') return [conversionEvent('convert', row)];
  return row.status === 'failed' ? [] : { events: [], openSince: row.time };
};

const sweep = record('small balances', {
  id: id('exchangeTxId'),
  time: ms('createdAt'),
  parts: list('subRecords', {
    from: text('fromCoin'),
    fromAmount: positive('fromAmount'),
    to: text('toCoin'),
    credited: unsigned('toAmount'),
    fee: absentIsZero(unsigned('feeAmount')),
    feeAsset: optional('feeCoin'),
    status: choice<EventStatus>('status', CONVERSION_STATUS, 'pending'),
  }),
});

/** Small balances turned into one coin, each of them a conversion. `toAmount` is what is left after the fee. */
export const sweeps: EventReader = (raw) => {
  const { id, time, parts, raw: whole } = sweep(raw);
  const events = parts
    .filter(({ status }) => status === 'done')
    .map((part) => {
      const { from, fromAmount, to, credited, fee, feeAsset = to } = part;
      const toAmount = feeAsset === to ? credited.plus(fee) : credited;
      const identity = { id: `${id}:${from}`, time, raw: { ...whole, subRecords: [part.raw] } };
      return conversionEvent('dust', { ...identity, from, fromAmount, to, toAmount }, [
        { asset: feeAsset, amount: fee },
      ]);
    });
  const isOpen = parts.some(({ status }) => status === 'pending');
  return isOpen ? { events, openSince: time } : events;
};
