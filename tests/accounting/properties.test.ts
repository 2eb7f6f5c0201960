import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { type AccountEvent, balanceChanges, type Leg } from '../../src/models/account-event.js';
import { parseDecimal } from '../../src/models/decimal.js';
import { replayed, stateOf, sum, trade, type TradeText } from './histories.js';

const NEARLY = parseDecimal('1e-30');
const zero = parseDecimal('0');

const amountText = fc.integer({ min: 1, max: 10 ** 9 }).map((units) => parseDecimal(`${units}e-6`).toFixed());
const event = fc.record({
  side: fc.constantFrom<TradeText['side']>('buy', 'sell'),
  base: fc.constantFrom('BTC', 'ETH', 'MNT'),
  amount: amountText,
  value: amountText,
  time: fc.integer({ min: 0, max: 40 }),
  feeAsset: fc.constantFrom('USDT', 'MNT', 'base', 'none'),
  feeShare: fc.integer({ min: -3, max: 10 }),
});

const history = fc.array(event, { maxLength: 60 }).map((events) =>
  events.map(({ feeAsset, feeShare, ...text }, index): AccountEvent => {
    const asset = feeAsset === 'base' ? text.base : feeAsset;
    const whole = asset === text.base ? text.amount : text.value;
    const amount = parseDecimal(whole).times(feeShare).div(1000).toFixed();
    return trade({
      ...text,
      id: String(index),
      fees: feeAsset === 'none' ? [] : [[asset, amount]],
    });
  }),
);

const priceAt = (asset: string) => parseDecimal(asset === 'MNT' ? '0.7' : '100');
const check = (property: fc.IRawProperty<unknown, false>) => {
  fc.assert(property, { numRuns: 200 });
};

const isFee = ({ role }: Leg): boolean => role === 'fee';
const withLegs = (event: AccountEvent, isKept: (leg: Leg) => boolean): AccountEvent => ({
  ...event,
  legs: event.legs.filter(isKept),
});
const withoutFee = (event: AccountEvent): AccountEvent => withLegs(event, (leg) => !isFee(leg));

describe('whatever the history', () => {
  test('any order of arrival gives the same state, and doubled events change nothing', () => {
    check(
      fc.property(history, fc.infiniteStream(fc.nat()), (trades, order) => {
        const arrived = trades
          .map((item) => [order.next().value as number, item] as const)
          .sort((a, b) => a[0] - b[0]);
        const shuffled = arrived.map(([, item]) => item);
        return (
          stateOf({ events: trades, priceAt }) ===
          stateOf({ events: [...shuffled, ...trades.slice(0, 9)], priceAt })
        );
      }),
    );
  });

  test('no pool is ever negative, and an empty one has no cost', () => {
    check(
      fc.property(history, (trades) =>
        [...replayed({ events: trades, priceAt }).pools.values()].every(
          ({ quantity, cost, unknownQuantity }) =>
            quantity.gte(0) &&
            cost.gte(0) &&
            unknownQuantity.gte(0) &&
            (!quantity.isZero() || (cost.isZero() && unknownQuantity.isZero())),
        ),
      ),
    );
  });

  test('realized and unmatched proceeds less the cost of the pools are the net cash flow', () => {
    check(
      fc.property(history, (trades) => {
        const plain = trades.map((item) => withLegs(item, (leg) => !isFee(leg) || leg.asset === 'USDT'));
        const pools = [...replayed({ events: plain }).pools.values()];
        const flow = balanceChanges(plain).get('USDT') ?? zero;
        const booked = sum(
          pools.map((pool) => pool.realized.trade.plus(pool.realized.unmatchedProceeds).minus(pool.cost)),
        );
        return booked.minus(flow).abs().lt(NEARLY);
      }),
    );
  });

  test('splitting a fill in two equal ones changes nothing', () => {
    check(
      fc.property(history, (trades) => {
        const plain = trades.map((item, index) => ({ ...withoutFee(item), time: index }));
        const halved = (leg: Leg) => ({ ...leg, amount: leg.amount.div(2) });
        const split = plain.flatMap((item) =>
          [0, 1].map((part) => ({ ...item, id: `${item.id}${part}`, legs: item.legs.map(halved) })),
        );
        const [whole, halves] = [replayed({ events: plain }), replayed({ events: split })];
        return [...whole.pools].every(([asset, pool]) => {
          const other = halves.pools.get(asset);
          return other?.cost.minus(pool.cost).abs().lt(NEARLY) && other.quantity.eq(pool.quantity);
        });
      }),
    );
  });

  test('scaling all prices scales cost and profit', () => {
    check(
      fc.property(history, (trades) => {
        const plain = trades.map(withoutFee);
        const dear = plain.map((item) => ({
          ...item,
          legs: item.legs.map((leg) =>
            leg.role === 'quote' ? { ...leg, amount: leg.amount.times(8) } : leg,
          ),
        }));
        const [one, eight] = [replayed({ events: plain }), replayed({ events: dear })];
        return [...one.pools].every(([asset, pool]) => {
          const other = eight.pools.get(asset);
          return (
            other?.cost.minus(pool.cost.times(8)).abs().lt(NEARLY) &&
            other.realized.trade.minus(pool.realized.trade.times(8)).abs().lt(NEARLY)
          );
        });
      }),
    );
  });
});
