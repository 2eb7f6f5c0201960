import { expect, test } from '@jest/globals';
import { Decimal, parseDecimal, toText, ZERO } from '../../src/models/decimal.js';
import { NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { inCurrency } from '../../src/service/in-currency.js';

const RATE = { currency: 'EUR', price: parseDecimal('1.25'), route: ['EUR/USDT'], pricedAt: 1 };
const unknown = { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined };

const account: AccountPortfolio = {
  account: 'bybit',
  lastSuccess: 1,
  lastFailure: undefined,
  wallets: [],
  holdings: [
    {
      asset: 'BTC',
      quantity: parseDecimal('2'),
      price: { known: true, price: parseDecimal('60000'), route: ['BTC/USDT'], pricedAt: 1 },
      cost: {
        knownQuantity: parseDecimal('2'),
        cost: parseDecimal('100000'),
        averageEntry: parseDecimal('50000'),
      },
    },
    { asset: 'GIFT', quantity: parseDecimal('3'), price: NO_PRICE, cost: unknown },
  ],
  lastPrices: new Map([['GIFT', { price: parseDecimal('10'), time: 1 }]]),
  estimated: new Map([['BTC', parseDecimal('1')]]),
  realized: parseDecimal('-5'),
  missingAcquisitions: [],
  differences: [],
  totals: undefined,
  gaps: [],
  hasKey: undefined,
};
const snapshot = { account: 'bybit', runId: 'r', takenAt: 1, complete: true, unpriced: [] };

/** A number is the same however many zeros end it. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, part: unknown) =>
      part instanceof Decimal ? toText(part) : part instanceof Map ? [...part] : part,
    ),
  );

test('every amount of money is converted, no quantity is, and what is not known stays so', () => {
  const recent = ['125', undefined].map((value) => ({ ...snapshot, value: value && parseDecimal(value) }));
  const shown = inCurrency({ accounts: [account], recent: recent as never, rate: undefined }, RATE);
  expect(shown.rate).toBe(RATE);
  expect(shown.recent.map(({ value }) => value && toText(value))).toEqual(['100', undefined]);
  const expected: readonly AccountPortfolio[] = [
    {
      ...account,
      holdings: [
        {
          asset: 'BTC',
          quantity: parseDecimal('2'),
          price: { known: true, price: parseDecimal('48000'), route: ['BTC/USDT'], pricedAt: 1 },
          cost: {
            knownQuantity: parseDecimal('2'),
            cost: parseDecimal('80000'),
            averageEntry: parseDecimal('40000'),
          },
        },
        { asset: 'GIFT', quantity: parseDecimal('3'), price: NO_PRICE, cost: unknown },
      ],
      lastPrices: new Map([['GIFT', { price: parseDecimal('8'), time: 1 }]]),
      realized: parseDecimal('-4'),
    },
  ];
  expect(plain(shown.accounts)).toEqual(plain(expected));
});

test('a quotient without an end has 18 decimals', () => {
  const rate = { ...RATE, price: parseDecimal('3') };
  const [shown] = inCurrency({ accounts: [account], recent: [], rate: undefined }, rate).accounts;
  expect(shown?.realized && toText(shown.realized)).toBe('-1.666666666666666667');
});
