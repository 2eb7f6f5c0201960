import type { EventStatus } from '../../models/account-event.js';
import { UnreadableRecord } from '../answer.js';
import {
  conversionEvent,
  type EventReader,
  incomeEvent,
  tradeEvent,
  transferEvent,
} from '../event-readers.js';
import { splitSymbol } from '../markets.js';
import {
  absentIsZero,
  amount,
  choice,
  flag,
  id,
  list,
  ms,
  nullable,
  optional,
  positive,
  record,
  text,
  unsigned,
  utc,
  whole,
} from '../records.js';

const trade = record('a trade', {
  id: whole('id'),
  orderId: optional('orderId'),
  pair: text('symbol'),
  isBuyer: flag('isBuyer'),
  amount: positive('qty'),
  price: positive('price'),
  value: unsigned('quoteQty'),
  fee: amount('commission'),
  feeAsset: nullable('commissionAsset'),
  time: ms('time'),
});

export const trades: EventReader = (raw, { markets }) => {
  const row = trade(raw);
  const pair = splitSymbol(row.pair, markets, []);
  const side = row.isBuyer ? 'buy' : 'sell';
  return [tradeEvent(row, side, pair, [{ asset: row.feeAsset ?? pair.quote, amount: row.fee }])];
};

const coins = {
  asset: text('coin'),
  amount: unsigned('amount'),
  network: optional('network'),
  txid: optional('txId'),
};

const deposit = record('a deposit', {
  ...coins,
  id: optional('id'),
  // 1 is success, 6 is credited though not withdrawable yet; 2 was rejected, 7 was sent wrongly.
  status: choice<EventStatus>('status', { 1: 'done', 6: 'done', 2: 'failed', 7: 'failed' }, 'pending'),
  time: ms('insertTime'),
});

export const deposits: EventReader = (raw) => {
  const row = deposit(raw);
  const identity = row.id ?? (row.txid && `${row.txid}:${row.asset}`);
  if (!identity) throw new UnreadableRecord('shape', 'the exchange sent a deposit with neither id nor txId');
  return [transferEvent('deposit', { id: identity, time: row.time }, row)];
};

const withdrawal = record('a withdrawal', {
  ...coins,
  id: id('id'),
  fee: absentIsZero(unsigned('transactionFee')),
  // 6 is completed; 1 was cancelled, 3 rejected, 5 failed.
  status: choice<EventStatus>('status', { 6: 'done', 1: 'failed', 3: 'failed', 5: 'failed' }, 'pending'),
  time: utc('applyTime'),
});

export const withdrawals: EventReader = (raw) => {
  const row = withdrawal(raw);
  return [transferEvent('withdrawal', row, row, row.fee)];
};

const CONVERSION_STATUS: Readonly<Record<string, EventStatus>> = {
  ...{ SUCCESS: 'done', FAIL: 'failed', FAILED: 'failed' },
  ...{ EXPIRED: 'failed', CANCELED: 'failed', CANCELLED: 'failed' },
};

const conversion = record('a conversion', {
  id: id('orderId'),
  from: text('fromAsset'),
  fromAmount: positive('fromAmount'),
  to: text('toAsset'),
  toAmount: unsigned('toAmount'),
  status: choice('orderStatus', CONVERSION_STATUS, 'pending'),
  time: ms('createTime'),
});

/** An order may be in process for days; `createTime` stays that of its beginning. */
export const conversions: EventReader = (raw) => {
  const row = conversion(raw);
  if (row.status === 'done') return [conversionEvent('convert', row)];
  return row.status === 'failed' ? [] : { events: [], openSince: row.time };
};

const sweep = record('dust', {
  parts: list('userAssetDribbletDetails', {
    id: id('transId'),
    from: text('fromAsset'),
    fromAmount: positive('amount'),
    // Older rows do not name it: BNB was the only one.
    to: optional('targetAsset'),
    toAmount: unsigned('transferedAmount'),
    fee: unsigned('serviceChargeAmount'),
    time: ms('operateTime'),
  }),
});

/** Each part is a conversion. `transferedAmount` is before the charge, as every recorded row and its balance show. */
export const sweeps: EventReader = (raw) =>
  sweep(raw).parts.map(({ id, from, fromAmount, to = 'BNB', toAmount, fee, time, raw: part }) => {
    const row = { id: `${id}:${from}`, from, fromAmount, to, toAmount, time, raw: part };
    return conversionEvent('dust', row, [{ asset: to, amount: fee }]);
  });

const dividend = record('a dividend', {
  id: id('id'),
  asset: text('asset'),
  amount: unsigned('amount'),
  words: optional('enInfo'),
  direction: optional('direction'),
  time: ms('divTime'),
});

/** A direction of -1 was taken back. Interest and airdrops have the same names everywhere; others keep their words. */
export const dividends: EventReader = (raw) => {
  const { id, asset, amount, words = '', direction, time, raw: whole } = dividend(raw);
  const [common] = /interest|airdrop/i.exec(words) ?? [];
  const reason = common?.toLowerCase() ?? (words.trim() || 'distribution');
  const signed = direction === '-1' ? amount.negated() : amount;
  return [incomeEvent({ id, asset, amount: signed, reason, time, raw: whole })];
};

const reward = record('an earn reward', {
  asset: text('asset'),
  amount: unsigned('rewards'),
  product: text('projectId'),
  type: text('type'),
  time: ms('time'),
});

/**
 * Without an id of its own; a product pays once at a moment. The bonus is a distribution, which the dividends
 * report (github.com/ccxt/ccxt/issues/25793): read here too it would be counted twice.
 */
export const rewards: EventReader = (raw) => {
  const row = reward(raw);
  if (row.type === 'BONUS') return [];
  const { asset, amount, product, time, raw: whole } = row;
  const id = `realtime:${product}:${asset}:${String(time)}`;
  return [incomeEvent({ id, asset, amount, reason: 'interest', time, raw: whole })];
};
