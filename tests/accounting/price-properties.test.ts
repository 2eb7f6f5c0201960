import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ofKnownCost, sumOfLots } from '../../src/accounting/lot.js';
import type { ResolvedEvent } from '../../src/accounting/resolve.js';
import { totalOf } from '../../src/accounting/totals.js';
import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import { type Lot, type TotalKind, TOTAL_KINDS } from '../../src/models/pool.js';
import { replayed, SETTINGS, sum, trade } from './histories.js';
import { type Accounts, anyAccounts, closedAccounts } from './random-histories.js';
import { anySettings, knownPrices } from './random-settings.js';
import { replay } from './replay.js';

const NEARLY = parseDecimal('1e-30');
const HALF = parseDecimal('0.5');
const FACTOR = 8;
/** Coins that are counted, not money: they know no prices. */
const COINS: readonly TotalKind[] = ['estimatedSold', 'unvaluedQuantity', 'unvaluedMoved', 'missing'];
const MONEY = TOTAL_KINDS.filter((kind) => !COINS.includes(kind));

const check = (property: fc.IRawProperty<unknown, false>) => {
  fc.assert(property, { numRuns: 300 });
};

const mapped = (accounts: Accounts, change: (event: ResolvedEvent) => readonly ResolvedEvent[]): Accounts =>
  new Map([...accounts].map(([id, events]) => [id, events.flatMap(change)]));

/** Everything counted in coins, then everything counted in money, by account and asset. */
function figuresOf(input: Parameters<typeof replay>[0]): ReadonlyMap<string, readonly Decimal[]> {
  const ledgers = [...replay(input)].flatMap(([id, ledger]) =>
    ledger.state().pools.map((pool): [string, readonly Decimal[]] => {
      const [held, total] = [sumOfLots(pool), totalOf(pool)];
      return [
        `${id} ${pool.asset}`,
        [
          ...[held.quantity, ...COINS.map((kind) => total[kind])],
          ...[held.cost, held.grossCost, ...MONEY.map((kind) => total[kind])],
        ],
      ];
    }),
  );
  return new Map(ledgers);
}

function same(
  one: ReadonlyMap<string, readonly Decimal[]>,
  other: ReadonlyMap<string, readonly Decimal[]>,
): void {
  expect([...one.keys()].sort()).toEqual([...other.keys()].sort());
  for (const [name, figures] of one) {
    const apart = figures.map((figure, at) => figure.minus(other.get(name)?.[at] ?? ZERO).abs());
    expect([name, apart.filter((difference) => difference.gte(NEARLY))]).toEqual([name, []]);
  }
}

describe('prices and fills', () => {
  test('scaling all prices scales cost and profit, and no quantity', () => {
    const market = { stablecoins: new Set<string>(), fiat: new Set(['USD']), reportingCurrency: 'USD' };
    check(
      fc.property(anyAccounts, anySettings, (accounts, chosen) => {
        // Every coin goes by its market, so that the prices are all there is to scale.
        const settings = { ...chosen, ...market };
        const dear = mapped(accounts, (event) => [dearer(event)]);
        const priceAt = (asset: string, time: number) => knownPrices(asset, time)?.times(FACTOR);
        const scaled = new Map(
          [...figuresOf({ accounts, settings, priceAt: knownPrices })].map(([name, figures]) => [
            name,
            figures.map((figure, at) => (at <= COINS.length ? figure : figure.times(FACTOR))),
          ]),
        );
        same(scaled, figuresOf({ accounts: dear, settings, priceAt }));
      }),
    );
  });

  test('splitting every fill in two, its fees with it, changes nothing', () => {
    check(
      fc.property(closedAccounts, anySettings, (accounts, settings) => {
        let time = 0;
        const apart = mapped(accounts, (event) =>
          event.market === undefined ? [] : [{ ...event, time: (time += 1) }],
        );
        const split = mapped(apart, halved);
        same(
          figuresOf({ accounts: apart, settings, priceAt: knownPrices }),
          figuresOf({ accounts: split, settings, priceAt: knownPrices }),
        );
      }),
    );
  });

  test('the average lies between the cheapest and the dearest purchase since nothing was held', () => {
    const units = fc.integer({ min: 1, max: 10 ** 9 }).map((number) => parseDecimal(`${number}e-6`));
    const purchase = fc.record({
      buys: fc.boolean(),
      amount: units,
      value: units,
      share: fc.integer({ min: -3, max: 10 }),
    });
    check(
      fc.property(fc.array(purchase, { maxLength: 30 }), (drafts) => {
        const trades = drafts.map(({ buys, amount, value, share }) => ({
          buys,
          amount,
          cost: value.plus(value.times(share).div(1000)),
          event: trade({
            side: buys ? 'buy' : 'sell',
            amount: amount.toString(),
            value: value.toString(),
            fees: [['USDT', value.times(share).div(1000).toString()]],
          }),
        }));
        let open: Decimal[] = [];
        trades.forEach(({ buys, amount, cost }, index) => {
          const events = trades.slice(0, index + 1).map(({ event }) => event);
          const pool = replayed({ events, settings: SETTINGS }).pools.get('BTC');
          if (buys) open.push(cost.div(amount));
          if (!pool || pool.quantity.isZero()) {
            open = [];
            return;
          }
          const average = pool.cost.div(pool.quantity);
          const sorted = open.toSorted((a, b) => a.compare(b));
          expect(average.plus(NEARLY).gte(sorted[0] ?? ZERO)).toBe(true);
          expect(average.minus(NEARLY).lte(sorted.at(-1) ?? ZERO)).toBe(true);
        });
        expect(sum(open).isNegative()).toBe(false);
      }),
    );
  });
});

const halved = (event: ResolvedEvent): readonly ResolvedEvent[] =>
  [0, 1].map((part) => ({
    ...event,
    id: `${event.id}${part}`,
    legs: event.legs.map((one) => ({ ...one, amount: one.amount.times(HALF) })),
  }));

/** At higher prices the coins that came with their cost have cost more. */
function dearer(event: ResolvedEvent): ResolvedEvent {
  if (event.resolution?.kind !== 'carried') return event;
  const { lots, value, time } = event.resolution.carried;
  const costing = ({ quantity, cost }: Lot) => {
    const more = cost.times(FACTOR);
    return ofKnownCost(quantity, more, more);
  };
  const carried = { time, lots: lots.map(costing), value: value?.times(FACTOR) };
  return { ...event, resolution: { kind: 'carried', carried } };
}
