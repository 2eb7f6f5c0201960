import { afterEach, expect, jest, test } from '@jest/globals';
import type { ExchangeClient } from '../../src/client/exchange-client.js';
import type { CacheEntry } from '../../src/repository/exchange-cache.js';
import { openCache } from '../../src/service/cache.js';
import { PriceBook } from '../../src/service/price-book.js';
import type { SyncContext } from '../../src/service/sync-context.js';
import { income, SETTINGS } from '../accounting/histories.js';

const HOUR_MS = 3_600_000;
const BEGIN = Date.UTC(2026, 4, 1);

afterEach(() => {
  jest.restoreAllMocks();
});

/** Before the first sync nothing is stored. */
const context = { accounting: SETTINGS, dryRun: true, nothingStored: true } as SyncContext;

const withoutMarkets = { readPastPrices: () => Promise.resolve(new Map()) } as unknown as ExchangeClient;

/** A run so many hours after the first, in which an income came that has no price. */
async function run(hour: number, kept: ReadonlyMap<string, CacheEntry>, marketOpened = false) {
  const now = BEGIN + hour * HOUR_MS;
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const cache = openCache(kept, now);
  const book = new PriceBook(context, 'bybit', withoutMarkets, cache, { marketOpened });
  await book.prepare([income('NEW', '1', { id: `at ${hour}`, time: now })]);
  book.keep();
  return { retries: book.retries, kept: cache.added };
}

test('a price that was missing is asked for again after a day, though another is missing every few hours', async () => {
  const first = await run(0, new Map());
  const second = await run(16, first.kept);
  const third = await run(32, second.kept);
  expect([first, second, third].map(({ retries }) => retries)).toEqual([true, false, true]);
});

test('a price that was missing is asked for again as soon as a market opens', async () => {
  const first = await run(0, new Map());
  expect((await run(1, first.kept)).retries).toBe(false);
  expect((await run(1, first.kept, true)).retries).toBe(true);
});
