import { describe, expect, test } from '@jest/globals';
import { type Decimal, parseDecimal, toText } from '../../src/models/decimal.js';
import { income, type OneAccount, replayed, SETTINGS, trade, transfer } from './histories.js';
import { replay } from './replay.js';

const METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const;

/** One coin bought for 100, one received. */
const BOUGHT = trade({ side: 'buy', amount: '1', value: '100', time: 1 });
const RECEIVED = income('BTC', '1', { time: 2 });
const HALF_KNOWN: OneAccount = { events: [BOUGHT, RECEIVED] };

function poolOf(account: OneAccount) {
  const { pools, unvalued } = replayed(account);
  const pool = pools.get('BTC');
  if (!pool) throw new Error('there is no pool');
  const texts = (values: Readonly<Record<string, Decimal>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toText(value)]));
  const { quantity, unknownQuantity, cost, realized } = pool;
  const { trade: sold, fee, income: earned, unmatchedProceeds } = realized;
  const figures = texts({ quantity, unknownQuantity, cost, sold, fee, earned, unmatchedProceeds });
  return { ...figures, unvalued: unvalued.length };
}

describe('income without a price', () => {
  test.each(METHODS)('has an unknown cost, not a cost of zero, by %s', (method) => {
    expect(poolOf({ ...HALF_KNOWN, settings: { ...SETTINGS, method } })).toMatchObject({
      ...{ quantity: '2', unknownQuantity: '1', cost: '100', earned: '0', unvalued: 1 },
    });
  });

  test('realizes nothing when it is sold: its proceeds are unmatched', () => {
    const sale = trade({ side: 'sell', amount: '1', value: '150', time: 3 });
    expect(poolOf({ events: [RECEIVED, sale] })).toMatchObject({
      ...{ quantity: '0', sold: '0', unmatchedProceeds: '150' },
    });
  });

  test('is a gain when it is sold under GAP_COST=zero', () => {
    const sale = trade({ side: 'sell', amount: '1', value: '150', time: 3 });
    const settings = { ...SETTINGS, gapCost: 'zero' as const };
    expect(poolOf({ events: [RECEIVED, sale], settings })).toMatchObject({
      ...{ quantity: '0', sold: '150', unmatchedProceeds: '0' },
    });
  });

  test.each([
    ['average', { sold: '25', unmatchedProceeds: '75', unknownQuantity: '0.5', cost: '50' }],
    ['fifo', { sold: '50', unmatchedProceeds: '0', unknownQuantity: '1', cost: '0' }],
    ['lifo', { sold: '0', unmatchedProceeds: '150', unknownQuantity: '0', cost: '100' }],
  ] as const)('leaves a pool with known coins in the order of %s', (method, expected) => {
    const sale = trade({ side: 'sell', amount: '1', value: '150', time: 3 });
    const settings = { ...SETTINGS, method };
    expect(poolOf({ events: [BOUGHT, RECEIVED, sale], settings })).toMatchObject(expected);
  });

  test('takes its unknown cost along to another account', () => {
    const [sent, arrived] = (['withdrawal', 'deposit'] as const).map((direction, at) =>
      transfer(direction, 'BTC', '1', { time: 3 + at, txid: '0xa' }),
    );
    const histories = [[RECEIVED, ...(sent ? [sent] : [])], arrived ? [arrived] : []];
    const accounts = new Map(histories.map((history, at) => [String(at), history]));
    const priceAt = () => undefined;
    const settings = { ...SETTINGS, depositCost: 'market' as const };
    const [pool] = replay({ accounts, settings, priceAt }).get('1')?.state().pools ?? [];
    const [lot] = pool?.lots ?? [];
    expect(lot?.unknownQuantity.toString()).toBe('1');
  });
});

describe('a charge without a price', () => {
  test('is a loss of what the coins cost, which is known without it', () => {
    expect(poolOf({ events: [BOUGHT, income('BTC', '-0.5', { time: 2 })] })).toMatchObject({
      ...{ quantity: '0.5', cost: '50', fee: '-50', unvalued: 1 },
    });
  });

  test('that takes back an income without a price leaves nothing', () => {
    expect(poolOf({ events: [RECEIVED, income('BTC', '-1', { time: 3 })] })).toMatchObject({
      ...{ quantity: '0', unknownQuantity: '0', cost: '0', fee: '0', unmatchedProceeds: '0' },
    });
  });
});

test('income at a known price costs that price', () => {
  const priceAt = () => parseDecimal('70');
  expect(poolOf({ events: [income('BTC', '2')], priceAt })).toMatchObject({
    ...{ quantity: '2', unknownQuantity: '0', cost: '140', earned: '140', unvalued: 0 },
  });
});
