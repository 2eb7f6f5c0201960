import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEvent } from '../../src/accounting/apply-event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import { explainedQuantity, OpeningWatch } from '../../src/accounting/opening-watch.js';
import { changedOpenings, entry as entryOf, openingEntries } from '../../src/accounting/openings.js';
import { compareEvents } from '../../src/accounting/order.js';
import { sumOfLots } from '../../src/accounting/lot.js';
import type { AccountingSettings } from '../../src/accounting/settings.js';
import { totalOf } from '../../src/accounting/totals.js';
import { type AccountEvent, type Entry, legOf } from '../../src/models/account-event.js';
import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import { type Accounts, anyAccounts } from './random-histories.js';
import { anySettings, knownPrices } from './random-settings.js';

const check = (property: fc.IRawProperty<unknown, false>) => {
  fc.assert(property, { numRuns: 200 });
};
const NOW = 1e12;
const ASSETS = ['BTC', 'ETH', 'MNT', 'USDT'];
const someBalances = fc
  .tuple(...ASSETS.map(() => fc.integer({ min: 0, max: 10_000 })))
  .map((units) => new Map(ASSETS.map((asset, at) => [asset, parseDecimal(`${units[at] ?? 0}e-2`)])));
const priceOf = () => undefined;

/** Equal within twice the tolerance of a reconciliation, which is a millionth of a balance of at most 100. */
const TOLERANCE = parseDecimal('0.0002');
const expectNear = (asset: string, found: Decimal, expected: Decimal) => {
  const far = found.minus(expected).abs().gt(TOLERANCE);
  expect([asset, far ? String(found) : 'near']).toEqual([asset, far ? String(expected) : 'near']);
};

/** The trades and the income of one account. */
const eventsOf = (accounts: Accounts): AccountEvent[] =>
  (accounts.get('one') ?? [])
    .filter((event) => event.market !== undefined || event.type === 'income')
    .toSorted(compareEvents);

const amountOf = (entry: Entry | undefined): Decimal => (entry ? legOf(entry, 'moved').amount : ZERO);

interface Replayed {
  readonly ledger: Ledger;
  readonly explained: ReadonlyMap<string, Decimal>;
  readonly first: number | undefined;
}

function replayOf(
  events: readonly AccountEvent[],
  entries: readonly Entry[],
  settings: AccountingSettings,
  until = NOW,
): Replayed {
  const ledger = new Ledger(settings, knownPrices);
  const watch = new OpeningWatch(until, { whole: true });
  const given = entries.filter((entry) => !amountOf(entry).isZero());
  for (const event of [...events, ...given].sort(compareEvents)) {
    watch.see(ledger, event);
    applyEvent(ledger, event);
  }
  return { ledger, explained: watch.explained(ledger), first: watch.first };
}

const nowIn = (ledger: Ledger): ReadonlyMap<string, Decimal> =>
  new Map(
    ledger.state().pools.map((pool) => {
      const quantity = pool.cash ? pool.balance : sumOfLots(pool).quantity;
      return [pool.asset, explainedQuantity({ quantity, total: totalOf(pool) })];
    }),
  );

describe('opening entries', () => {
  test('opening and events give the balance, wherever the events do not give more', () => {
    check(
      fc.property(anyAccounts, anySettings, someBalances, (accounts, settings, balances) => {
        const events = eventsOf(accounts);
        const before = replayOf(events, [], settings);
        const openings = openingEntries({ ...before, balanceAt: NOW, balances, priceOf });
        const after = nowIn(replayOf(events, openings, settings).ledger);
        for (const asset of ASSETS) {
          const [balance, events] = [balances.get(asset) ?? ZERO, before.explained.get(asset) ?? ZERO];
          const expected = events.gt(balance) ? events : balance;
          expectNear(asset, after.get(asset) ?? ZERO, expected);
        }
      }),
    );
  });

  test('an opening leaves known costs and what they realized as they are', () => {
    check(
      fc.property(anyAccounts, anySettings, (accounts, chosen) => {
        const settings: AccountingSettings = { ...chosen, method: 'fifo', gapCost: 'exclude' };
        const bought = eventsOf(accounts).filter(({ legs: [first] }) => first?.amount.isPositive());
        const free = bought.map((event) => ({
          ...event,
          legs: event.legs.flatMap((leg) =>
            leg.role === 'fee' ? [] : leg.role === 'quote' ? { ...leg, asset: 'USD' } : leg,
          ),
        }));
        const first = free[0]?.time ?? NOW;
        const opening = entryOf(
          { id: 'opening:BTC', type: 'opening', time: first - 1, raw: { balance: ZERO, balanceAt: NOW } },
          'BTC',
          parseDecimal('7'),
        );
        const costOf = (entries: readonly Entry[]) =>
          replayOf(free, entries, settings)
            .ledger.state()
            .pools.filter(({ asset }) => asset === 'BTC')
            .map((pool) => [sumOfLots(pool).cost, totalOf(pool).income, totalOf(pool).trade].map(String));
        const [without] = costOf([]);
        if (without) expect(costOf([opening])).toEqual([without]);
      }),
    );
  });

  test('records that arrive later give the same openings as if they had been there at first', () => {
    check(
      fc.property(
        anyAccounts,
        anySettings,
        someBalances,
        fc.func(fc.boolean()),
        (accounts, settings, balances, isLate) => {
          const all = eventsOf(accounts);
          const early = all.filter(({ id }) => !isLate(id));
          const facts = { balanceAt: NOW, balances, priceOf };
          const at = openingEntries({ ...facts, ...replayOf(early, [], settings) });
          const again = changedOpenings(at, { ...facts, ...replayOf(all, at, settings) });
          const later = new Map([...at, ...again].map((entry) => [entry.id, entry]));
          const whole = openingEntries({ ...facts, ...replayOf(all, [], settings) });
          for (const { id } of at) {
            const expected = whole.find((entry) => entry.id === id);
            expectNear(id, amountOf(later.get(id)), amountOf(expected));
          }
        },
      ),
    );
  });

  test('what took place after the balances were read changes no opening', () => {
    check(
      fc.property(anyAccounts, anySettings, someBalances, (accounts, settings, balances) => {
        const events = eventsOf(accounts);
        const half = events[Math.floor(events.length / 2)]?.time ?? 0;
        const facts = { balanceAt: half, balances, priceOf };
        const upTo = events.filter(({ time }) => time <= half);
        const openings = openingEntries({ ...facts, ...replayOf(upTo, [], settings) });
        expect(
          changedOpenings(openings, { ...facts, ...replayOf(events, openings, settings, half) }),
        ).toEqual([]);
      }),
    );
  });
});

describe('adjustments', () => {
  const entry = (amount: string): Entry =>
    entryOf(
      { id: `adjustment:${amount}`, type: 'adjustment', time: NOW, raw: { balance: ZERO, balanceAt: NOW } },
      'BTC',
      parseDecimal(amount),
    );

  test('coins that arrived have no known cost, coins that left take their share of it, and nothing is realized', () => {
    check(
      fc.property(anyAccounts, anySettings, fc.boolean(), (accounts, settings, isArrival) => {
        const events = eventsOf(accounts);
        const before = replayOf(events, [], settings)
          .ledger.state()
          .pools.find(({ asset }) => asset === 'BTC');
        const held = before ? sumOfLots(before) : undefined;
        if (!before || !held || held.quantity.isZero()) return;
        const amount = isArrival
          ? '2'
          : `-${held.quantity.div(parseDecimal('2')).toDecimalPlaces(8).toString()}`;
        const after = replayOf(events, [entry(amount)], settings)
          .ledger.state()
          .pools.find(({ asset }) => asset === 'BTC');
        if (!after) throw new Error('BTC is gone');
        const pool = sumOfLots(after);
        expect(String(pool.quantity)).toBe(String(held.quantity.plus(parseDecimal(amount))));
        if (isArrival) expect(String(pool.cost)).toBe(String(held.cost));
        else expect(pool.cost.lte(held.cost)).toBe(true);
        const realized = ({ trade, fee, income, transferFee }: ReturnType<typeof totalOf>) =>
          [trade, fee, income, transferFee].map(String);
        expect(realized(totalOf(after))).toEqual(realized(totalOf(before)));
      }),
    );
  });
});
