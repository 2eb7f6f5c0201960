import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal, toText } from '../models/decimal.js';
import { FIAT } from '../models/fiat.js';
import type { Price } from '../models/holdings.js';
import type { Rate } from '../models/rates.js';
import { fetchKept } from '../repository/exchange-cache.js';
import type { OpenCache } from './cache.js';

const KIND = 'rates';
/** An old rate is said with its age; it is no reason to know none. */
const TIME_TO_LIVE_MS = 365 * 86_400_000;

type Stored = Readonly<Record<string, { price: string; route: readonly string[]; pricedAt: number }>>;

/** Keeps what the tickers say of money by law, whether it is held or not. */
export function keepRates(cache: Pick<OpenCache, 'set'>, prices: ReadonlyMap<string, Price>): void {
  const stored: Stored = Object.fromEntries(
    [...FIAT].flatMap((currency) => {
      const found = prices.get(currency);
      if (!found?.known) return [];
      const { price, route, pricedAt } = found;
      return [[currency, { price: toText(price), route, pricedAt }]];
    }),
  );
  cache.set(KIND, stored, TIME_TO_LIVE_MS);
}

/** The newest rate that the accounts' syncs stored; throws 'nothing-to-show' where there is none. */
export async function fetchRate(sql: Sql, currency: string, accounts?: readonly AccountId[]): Promise<Rate> {
  const kept = (await fetchKept(sql, KIND, accounts)) as readonly Stored[];
  const [newest] = kept
    .flatMap((stored) => stored[currency] ?? [])
    .sort((one, other) => other.pricedAt - one.pricedAt);
  if (!newest) throw unknownRate(currency, [...new Set(kept.flatMap((stored) => Object.keys(stored)))]);
  return { currency, ...newest, price: parseDecimal(newest.price) };
}

const unknownRate = (currency: string, known: string[]): ExpectedError =>
  new ExpectedError('nothing-to-show', `no rate of ${currency} is stored`, {
    fix:
      known.length === 0
        ? 'Store those that the exchange has: exchange-sync sync'
        : `A sync stores the rates that the exchange has a market for: ${known.sort().join(', ')}.`,
  });
