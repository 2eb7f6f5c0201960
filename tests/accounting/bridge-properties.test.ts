import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bridgeAssets, totalBridge } from '../../src/accounting/bridge.js';
import { sumOfLots } from '../../src/accounting/lot.js';
import type { ResolvedEvent } from '../../src/accounting/resolve.js';
import type { AccountingSettings, PriceLookup } from '../../src/accounting/settings.js';
import { totalOf } from '../../src/accounting/totals.js';
import { BRIDGE_TERMS, type Moment } from '../../src/models/bridge.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { Pool } from '../../src/models/pool.js';
import { sum } from './histories.js';
import { momentOf, sumOfTerms } from './moments.js';
import { type Accounts, anyAccounts } from './random-histories.js';
import { anySettings, knownPrices, patchyPrices } from './random-settings.js';
import { replay } from './replay.js';

const HOUR = 3_600_000;
const check = (property: fc.IRawProperty<unknown, false>) => {
  fc.assert(property, { numRuns: 300 });
};
const moments = fc.tuple(
  fc.integer({ min: 5, max: 65 }).map((hours) => hours * HOUR),
  fc.integer({ min: 5, max: 65 }).map((hours) => hours * HOUR),
  fc.integer({ min: 5, max: 65 }).map((hours) => hours * HOUR),
);

/** What is held before the history begins; enough that no sale is of nothing. */
const OPENING = new Map(['BTC', 'ETH', 'MNT'].map((asset) => [asset, parseDecimal('100000')]));

/** What each sync knows of the one account, in the order of time. */
const seenAt = (books: readonly Pool[], priceAt: PriceLookup, time: number, astray = OPENING): Moment =>
  momentOf(books, { price: (asset) => priceAt(asset, time), astray });

const upTo = (accounts: Accounts, time: number): Accounts =>
  new Map([...accounts].map(([id, events]) => [id, events.filter((event) => event.time <= time)]));

const booksAt = (accounts: Accounts, settings: AccountingSettings, priceAt: PriceLookup, time: number) =>
  replay({ accounts: upTo(accounts, time), settings, priceAt })
    .get('one')
    ?.state().pools ?? [];

const inOrder = (times: readonly number[]) => times.toSorted((a, b) => a - b);

describe('whatever happens between two snapshots', () => {
  test('the terms add up to the change, to the last digit, whatever is unexplained or without a price', () => {
    const astray = fc
      .record({ BTC: fc.integer(), ETH: fc.integer(), GIFT: fc.integer() })
      .map(
        (coins) =>
          new Map(Object.entries(coins).map(([asset, units]) => [asset, parseDecimal(`${units}e-7`)])),
      );
    check(
      fc.property(anyAccounts, anySettings, moments, astray, (accounts, settings, times, coins) => {
        const [first = 0, , last = 0] = inOrder(times);
        const assets = bridgeAssets(
          seenAt(booksAt(accounts, settings, patchyPrices, first), patchyPrices, first),
          seenAt(booksAt(accounts, settings, patchyPrices, last), patchyPrices, last, coins),
        );
        for (const { bridge } of [...assets, totalBridge(assets)]) {
          expect(bridge?.to.minus(bridge.from).eq(sumOfTerms(bridge.terms)) ?? true).toBe(true);
        }
      }),
    );
  });

  test('nothing is unexplained where the events explain every balance, and trades are nothing in total', () => {
    check(
      fc.property(anyAccounts, anySettings, moments, (accounts, settings, times) => {
        const [first = 0, , last = 0] = inOrder(times);
        const assets = bridgeAssets(
          seenAt(booksAt(accounts, settings, knownPrices, first), knownPrices, first),
          seenAt(booksAt(accounts, settings, knownPrices, last), knownPrices, last),
        );
        for (const { bridge } of assets) expect(bridge?.terms.unexplained.isZero()).toBe(true);
        const { bridge, leftOut } = totalBridge(assets);
        expect([bridge?.terms.traded.toString(), leftOut]).toEqual(['0', []]);
      }),
    );
  });

  test('the way over a snapshot in between is the sum of both parts, term by term', () => {
    check(
      fc.property(anyAccounts, anySettings, moments, (accounts, settings, times) => {
        const [a, b, c] = inOrder(times).map((time) =>
          seenAt(booksAt(accounts, settings, knownPrices, time), knownPrices, time),
        );
        if (!a || !b || !c) throw new Error('three moments');
        const [whole, one, other] = [bridgeAssets(a, c), bridgeAssets(a, b), bridgeAssets(b, c)].map(
          (assets) => totalBridge(assets).bridge?.terms,
        );
        for (const term of BRIDGE_TERMS) {
          const parts = (one?.[term] ?? ZERO).plus(other?.[term] ?? ZERO);
          expect(`${term} ${whole?.[term].toString() ?? ''}`).toBe(`${term} ${parts.toString()}`);
        }
      }),
    );
  });

  test('where nothing happens, all is a price move: what is held times what each price moved', () => {
    check(
      fc.property(anyAccounts, anySettings, moments, (accounts, settings, times) => {
        const [first = 0, , last = 0] = inOrder(times);
        const books = booksAt(accounts, settings, knownPrices, first);
        const [from, to] = [seenAt(books, knownPrices, first), seenAt(books, knownPrices, last)];
        const moved = [...from.assets].map(([asset, { quantity, price }]) =>
          quantity.times((to.assets.get(asset)?.price ?? ZERO).minus(price ?? ZERO)),
        );
        const { bridge } = totalBridge(bridgeAssets(from, to));
        expect(bridge?.terms.priceMoves.eq(sum(moved))).toBe(true);
        expect(bridge?.to.minus(bridge.from).eq(sum(moved))).toBe(true);
      }),
    );
  });
});

const isTransfer = ({ type, resolution }: ResolvedEvent): boolean =>
  (type === 'deposit' || type === 'withdrawal') && !resolution;

test('without transfers the gain before fees is the cost of what is held less the value that went in', () => {
  check(
    fc.property(anyAccounts, anySettings, (accounts, settings) => {
      const alone = new Map(
        [...accounts].map(([id, events]) => [id, events.filter((event) => !isTransfer(event))]),
      );
      const chosen = { ...settings, gapCost: 'zero' as const };
      for (const ledger of replay({ accounts: alone, settings: chosen, priceAt: knownPrices }).values()) {
        for (const pool of ledger.state().pools.filter(({ cash }) => !cash)) {
          const { grossGain, book: value } = totalOf(pool);
          expect(grossGain.toString()).toBe(sumOfLots(pool).grossCost.minus(value).toString());
        }
      }
    }),
  );
});
