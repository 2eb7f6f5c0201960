import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccountingSettings } from '../../src/accounting/settings.js';
import { sumOfLots } from '../../src/accounting/lot.js';
import type { ResolvedEvent } from '../../src/accounting/resolve.js';
import { totalOf } from '../../src/accounting/totals.js';
import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { Pool, Totals } from '../../src/models/pool.js';
import { replayInBatches } from './batches.js';
import { sum, trade } from './histories.js';
import { type Accounts, anyAccounts, closedAccounts } from './random-histories.js';
import { anySettings, knownPrices, patchyPrices } from './random-settings.js';
import { replay } from './replay.js';

const NEARLY = parseDecimal('1e-30');
const HOUR = 3_600_000;
const METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const;

const check = (property: fc.IRawProperty<unknown, false>) => {
  fc.assert(property, { numRuns: 300 });
};
const nearly = (a: Decimal, b: Decimal) => {
  expect(a.minus(b).abs().lt(NEARLY) ? 'near' : `${a.toString()} is not ${b.toString()}`).toBe('near');
};
const priced = fc.constantFrom(knownPrices, patchyPrices);

type Events = readonly ResolvedEvent[];

const mapped = (accounts: Accounts, change: (events: Events) => Events): Accounts =>
  new Map([...accounts].map(([id, events]) => [id, change(events)]));

const booksOf = (accounts: Accounts, settings: AccountingSettings, priceAt = knownPrices): readonly Pool[] =>
  [...replay({ accounts, settings, priceAt }).values()].flatMap((ledger) => ledger.state().pools);

const realizedOf = ({ trade: sold, fee, income, transferFee, unmatchedProceeds }: Totals): Decimal =>
  sum([sold, fee, income, transferFee, unmatchedProceeds]);

describe('whatever happens in several accounts', () => {
  test('any order of arrival gives the same text, and doubled events change nothing', () => {
    check(
      fc.property(
        anyAccounts,
        anySettings,
        priced,
        fc.infiniteStream(fc.nat()),
        (accounts, settings, priceAt, order) => {
          const shuffled = (events: Events): Events =>
            [...events, ...events.slice(0, 9)]
              .map((item) => [order.next().value as number, item] as const)
              .sort(([a], [b]) => a - b)
              .map(([, item]) => item);
          const arrived = mapped(accounts, shuffled);
          const one = replayInBatches({ accounts, settings, priceAt }, []);
          expect(replayInBatches({ accounts: arrived, settings, priceAt }, [])).toEqual(one);
        },
      ),
    );
  });

  test('any cut into syncs, each going on from the stored text, gives the same text', () => {
    const cuts = fc.array(fc.integer({ min: 5 * HOUR, max: 65 * HOUR }), { maxLength: 8 });
    check(
      fc.property(anyAccounts, anySettings, priced, cuts, (accounts, settings, priceAt, times) => {
        const one = replayInBatches({ accounts, settings, priceAt }, []);
        expect(replayInBatches({ accounts, settings, priceAt }, times)).toEqual(one);
      }),
    );
  });

  test('no lot is negative in anything, and nothing held means no cost', () => {
    check(
      fc.property(anyAccounts, anySettings, priced, (accounts, settings, priceAt) => {
        for (const pool of booksOf(accounts, settings, priceAt)) {
          for (const lot of pool.lots) {
            expect(Object.values(lot).filter((part: Decimal) => part.isNegative())).toEqual([]);
            expect(lot.quantity.isZero()).toBe(false);
            expect(lot.unknownQuantity.lte(lot.quantity)).toBe(true);
            expect(lot.estimatedQuantity.lte(lot.quantity)).toBe(true);
          }
        }
      }),
    );
  });

  test('where every price is known, the value moved is deposits and income less withdrawals and fees', () => {
    check(
      fc.property(anyAccounts, anySettings, (accounts, settings) => {
        for (const ledger of replay({ accounts, settings, priceAt: knownPrices }).values()) {
          const totals = ledger.state().pools.map(totalOf);
          const of = (kind: keyof Totals) => sum(totals.map((totals) => totals[kind]));
          const flow = of('deposits').minus(of('withdrawals')).plus(of('income')).minus(of('feesPaid'));
          nearly(of('book'), flow);
        }
      }),
    );
  });

  test('what was realized less the cost of what is held is the net flow of cash', () => {
    check(
      fc.property(closedAccounts, anySettings, (accounts, settings) => {
        const books = booksOf(accounts, settings);
        const realized = sum(books.map((pool) => realizedOf(totalOf(pool))));
        const cost = sum(books.map((pool) => sumOfLots(pool).cost));
        const cash = sum(books.filter((pool) => pool.cash).map((pool) => totalOf(pool).book));
        nearly(realized.minus(cost), cash.minus(costFromElsewhere(accounts)));
      }),
    );
  });

  test('every method has realized the same once everything is sold', () => {
    check(
      fc.property(closedAccounts, anySettings, (accounts, settings) => {
        const totals = METHODS.map((method) => {
          const chosen = { ...settings, method, stablecoins: new Set(['USDT']) };
          const books = booksOf(soldOut(accounts, chosen), chosen);
          expect(books.filter((pool) => !pool.cash && pool.lots.length > 0)).toEqual([]);
          return sum(books.map((pool) => realizedOf(totalOf(pool))));
        });
        for (const total of totals) nearly(total, totals[0] ?? ZERO);
      }),
    );
  });
});

/** What coins cost that came with their cost was paid outside of the history. */
const costFromElsewhere = (accounts: Accounts): Decimal =>
  sum(
    [...accounts.values()].flatMap((events) =>
      events.flatMap(({ resolution }) =>
        resolution?.kind === 'carried' ? resolution.carried.lots.map(({ cost }) => cost) : [],
      ),
    ),
  );

/** The accounts with a sale of all that each holds, at the end. */
function soldOut(accounts: Accounts, settings: AccountingSettings): Accounts {
  const ledgers = replay({ accounts, settings, priceAt: knownPrices });
  const sales = [...ledgers].map(([id, ledger]): [string, Events] => {
    const sold = ledger.state().pools.flatMap((pool) => {
      const amount = sumOfLots(pool).quantity;
      if (amount.isZero()) return [];
      const text = { side: 'sell', base: pool.asset, amount: amount.toString(), value: '123.45' } as const;
      return [trade({ ...text, id: `last ${pool.asset}`, time: 100 * HOUR })];
    });
    return [id, [...(accounts.get(id) ?? []), ...sold]];
  });
  return new Map(sales);
}
