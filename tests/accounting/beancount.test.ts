import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { AccountEvent } from '../../src/models/account-event.js';
import { beancountOf } from './beancount.js';
import { replayed, SETTINGS, trade } from './histories.js';

const METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const;
/** It rounds the profit of each sale at the 12th decimal, and quotients at the 28th digit. */
const ROUNDING = parseDecimal('1e-11');

const draft = fc.record({
  buys: fc.boolean(),
  /** Of the coins held, in thousandths, where it is a sale; 1000 is all of them. */
  part: fc.oneof(fc.integer({ min: 1, max: 999 }), fc.constant(1000)),
  amount: fc.integer({ min: 1, max: 10 ** 7 }),
  price: fc.integer({ min: 1, max: 10 ** 7 }),
  fee: fc.integer({ min: 0, max: 10 }),
});

/** Sales of what is held only: the other program refuses others. */
const covered = fc.array(draft, { minLength: 1, maxLength: 40 }).map((drafts) => {
  let held = ZERO;
  return drafts.flatMap(({ buys, part, amount: units, price, fee }, index): AccountEvent[] => {
    const side = buys || held.isZero() ? 'buy' : 'sell';
    const amount = side === 'buy' ? parseDecimal(`${units}e-3`) : partOf(held, part);
    if (amount.isZero()) return [];
    held = side === 'buy' ? held.plus(amount) : held.minus(amount);
    const value = amount.times(`${price}e-2`);
    const paid = value.times(fee).div(1000).toDecimalPlaces(8).toString();
    const text = { side, amount: amount.toString(), value: value.toString(), time: index } as const;
    return [trade({ ...text, id: String(index), fees: [['USDT', paid]] })];
  });
});

const partOf = (held: Decimal, thousandths: number): Decimal =>
  thousandths === 1000 ? held : held.times(thousandths).div(1000).toDecimalPlaces(3);

describe('an independent program books the same', () => {
  test.each(METHODS)('%s: realized, quantity and cost of random histories', (method) => {
    fc.assert(
      fc.property(covered, (trades) => {
        const theirs = beancountOf(trades, method);
        const pool = replayed({ events: trades, settings: { ...SETTINGS, method } }).pools.get('BTC');
        const apart = {
          quantity: pool?.quantity.minus(theirs.quantity).toString(),
          realized: pool?.realized.trade.minus(theirs.realized).abs().lt(ROUNDING.times(trades.length)),
          cost: pool?.cost.minus(theirs.cost).abs().lt(ROUNDING),
        };
        expect(apart).toEqual({ quantity: '0', realized: true, cost: true });
      }),
      { numRuns: 150 },
    );
  });
});
