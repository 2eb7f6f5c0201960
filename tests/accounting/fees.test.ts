import { describe, expect, test } from '@jest/globals';
import { balanceChanges } from '../../src/models/account-event.js';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import { income, replayed, sum, trade, transfer, type TradeText } from './histories.js';

const MNT_AT_2 = (asset: string) => (asset === 'MNT' ? parseDecimal('2') : undefined);

interface Case {
  readonly title: string;
  readonly trades: readonly TradeText[];
  readonly expected: Readonly<
    Record<string, { quantity: string; cost: string; gross?: string; realized?: string }>
  >;
}

const bought: TradeText = { side: 'buy', amount: '2', value: '200' };
const mnt: TradeText = { side: 'buy', base: 'MNT', amount: '10', value: '10' };

const CASES: readonly Case[] = [
  {
    title: 'a buy with its fee in cash costs V + m',
    trades: [{ ...bought, fees: [['USDT', '1']] }],
    expected: { BTC: { quantity: '2', cost: '201', gross: '200' } },
  },
  {
    title: 'a buy with its fee in the received coin brings n - f for V',
    trades: [{ ...bought, fees: [['BTC', '0.002']] }],
    // Without its fee it cost the price of the market: 100 each.
    expected: { BTC: { quantity: '1.998', cost: '200', gross: '199.8' } },
  },
  {
    title: 'a buy with its fee in a third coin costs V + m, and f of that coin is sold for m',
    trades: [mnt, { ...bought, fees: [['MNT', '3']] }],
    expected: {
      BTC: { quantity: '2', cost: '206', gross: '200' },
      // 3 MNT that cost 1 each went for 2 each.
      MNT: { quantity: '7', cost: '7', realized: '3' },
    },
  },
  {
    title: 'a rebate in cash lowers the cost',
    trades: [{ ...bought, fees: [['USDT', '-1']] }],
    expected: { BTC: { quantity: '2', cost: '199' } },
  },
  {
    title: 'a rebate in the received coin adds to the quantity',
    trades: [{ ...bought, fees: [['BTC', '-0.5']] }],
    expected: { BTC: { quantity: '2.5', cost: '200' } },
  },
  {
    title: 'a sale with its fee in cash brings V - m',
    trades: [bought, { side: 'sell', amount: '1', value: '150', fees: [['USDT', '1']] }],
    expected: { BTC: { quantity: '1', cost: '100', realized: '49' } },
  },
  {
    title: 'a sale with its fee in the coin given up disposes of n + f for V',
    trades: [bought, { side: 'sell', amount: '1', value: '150', fees: [['BTC', '0.5']] }],
    expected: { BTC: { quantity: '0.5', cost: '50', realized: '0' } },
  },
  {
    title: 'a sale with its fee in a third coin brings V - m',
    trades: [mnt, bought, { side: 'sell', amount: '1', value: '150', fees: [['MNT', '3']] }],
    expected: {
      BTC: { quantity: '1', cost: '100', realized: '44' },
      MNT: { quantity: '7', cost: '7', realized: '3' },
    },
  },
  {
    title: 'a full exit takes all the cost that is left, and the next purchase begins anew',
    trades: [
      { side: 'buy', amount: '3', value: '100' },
      { side: 'sell', amount: '1', value: '50' },
      { side: 'sell', amount: '2', value: '100' },
      { side: 'buy', amount: '1', value: '70' },
    ],
    expected: { BTC: { quantity: '1', cost: '70', realized: '50' } },
  },
];

describe('the fee table', () => {
  test.each(CASES)('$title', ({ trades, expected }) => {
    const { pools, unvalued } = replayed({ events: trades.map(trade), priceAt: MNT_AT_2 });
    for (const [asset, { quantity, cost, gross, realized }] of Object.entries(expected)) {
      const pool = pools.get(asset);
      expect(pool && toText(pool.quantity)).toBe(quantity);
      expect(pool && toText(pool.cost)).toBe(cost);
      if (gross !== undefined) expect(pool && toText(pool.grossCost)).toBe(gross);
      const total = pool && pool.realized.trade.plus(pool.realized.fee);
      if (realized !== undefined) expect(total && toText(total)).toBe(realized);
    }
    expect(unvalued).toEqual([]);
  });

  test.each(CASES)('conserves cash: $title', ({ trades }) => {
    const history = trades.map(trade);
    const { pools } = replayed({ events: history, priceAt: MNT_AT_2 });
    const flow = balanceChanges(history).get('USDT') ?? parseDecimal('0');
    const realized = [...pools.values()].reduce(
      (sum, pool) => sum.plus(pool.realized.trade).plus(pool.realized.fee),
      parseDecimal('0'),
    );
    const cost = [...pools.values()].reduce((sum, pool) => sum.plus(pool.cost), parseDecimal('0'));
    expect(toText(realized.minus(cost))).toBe(toText(flow));
  });
});

/** Amounts as text, which has one form a number. */
const texts = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

describe('what is not known', () => {
  test('a third-coin fee without a price leaves the cost unknown and says so', () => {
    const { pools, unvalued } = replayed({
      events: [trade(mnt), trade({ ...bought, fees: [['MNT', '3']] })],
    });
    expect(texts(pools.get('BTC'))).toMatchObject({ cost: '0', unknownQuantity: '2' });
    expect(unvalued.map(({ asset }) => asset)).toEqual(['BTC', 'MNT']);
  });

  test('deposited coins are of unknown cost, and a sale takes from both parts pro rata', () => {
    const { pools } = replayed({
      events: [
        transfer('deposit', 'BTC', '2', { time: 0 }),
        trade(bought),
        trade({ side: 'sell', amount: '2', value: '400' }),
      ],
    });
    const pool = pools.get('BTC');
    expect(texts(pool)).toMatchObject({
      quantity: '2',
      unknownQuantity: '1',
      cost: '100',
    });
    // Half of the 400 belongs to coins whose purchase is not known.
    expect(pool && toText(pool.realized.trade)).toBe('100');
    expect(pool && toText(pool.realized.unmatchedProceeds)).toBe('200');
  });

  test('more sold than was recorded: the known part is realized, the rest is reported and is no gain', () => {
    const { pools, missing } = replayed({
      events: [trade(bought), trade({ side: 'sell', amount: '4', value: '600', id: '77' })],
    });
    expect(texts(pools.get('BTC'))).toMatchObject({ quantity: '0', cost: '0' });
    expect(toText(pools.get('BTC')?.realized.trade ?? parseDecimal('-1'))).toBe('100');
    expect(toText(pools.get('BTC')?.realized.unmatchedProceeds ?? parseDecimal('-1'))).toBe('300');
    expect(texts(missing)).toMatchObject([{ event: 'trade BTC/USDT 77', found: '2', missing: '2' }]);
  });

  test('a withdrawal leaves at the average with its fee and without profit; a failed one does not leave', () => {
    const { pools } = replayed({
      events: [
        trade({ ...bought, time: 0 }),
        transfer('withdrawal', 'BTC', '0.5', { fee: ['BTC', '0.5'] }),
        transfer('withdrawal', 'BTC', '1', { status: 'failed' }),
      ],
    });
    expect(texts(pools.get('BTC'))).toMatchObject({ quantity: '1', cost: '100' });
    expect(pools.get('BTC')?.realized.trade.isZero()).toBe(true);
  });

  test('a third-coin fee that would take its pool below zero waits for the purchases of its millisecond', () => {
    const buy = trade({ ...bought, id: '1', time: 5, fees: [['MNT', '3']] });
    const fuel = trade({ ...mnt, id: '2', time: 5 });
    const { pools, missing } = replayed({ events: [buy, fuel], priceAt: MNT_AT_2 });
    expect(missing).toEqual([]);
    expect(toText(pools.get('MNT')?.quantity ?? parseDecimal('-1'))).toBe('7');
  });
});

describe('money for money', () => {
  test('a fee is a loss at once, as nothing bears it, and so is interest charged in cash', () => {
    const exchange: TradeText = { side: 'buy', base: 'EUR', amount: '100', value: '110' };
    const { pools } = replayed({
      events: [
        trade(mnt),
        trade({ ...exchange, fees: [['USDT', '1']] }),
        trade({ ...exchange, fees: [['MNT', '3']] }),
        income('USDT', '-5'),
      ],
      priceAt: (asset) => parseDecimal(asset === 'MNT' ? '2' : '1.1'),
    });
    const realized = [...pools.values()].map((pool) => pool.realized.trade.plus(pool.realized.fee));
    // 1 in cash, 3 MNT that cost 1 each, and 5 of interest.
    expect(toText(sum(realized))).toBe('-9');
  });
});
