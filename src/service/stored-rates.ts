import * as v from 'valibot';
import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal, toText } from '../models/decimal.js';
import { FIAT, type Rate } from '../models/currencies.js';
import type { Price } from '../models/holdings.js';
import { amountText, inShape, moment } from '../models/stored-json.js';
import { fetchKept } from '../repository/exchange-cache.js';
import type { OpenCache } from './cache.js';
import { DAY_MS } from '../models/day.js';

const KIND = 'rates';
/** An old rate is still used, and shown with its age. */
const TIME_TO_LIVE_MS = 365 * DAY_MS;

const rate = v.object({ price: amountText, route: v.array(v.string()), pricedAt: moment });
const stored = v.record(v.string(), rate);

type Stored = v.InferOutput<typeof stored>;

/** Remembers the rates of fiat currencies, whether they are held or not. */
export function keepRates(cache: Pick<OpenCache, 'set'>, prices: ReadonlyMap<string, Price>): void {
  const rates = Object.fromEntries(
    [...FIAT].flatMap((currency) => {
      const found = prices.get(currency);
      if (!found?.known) return [];
      const { price, route, pricedAt } = found;
      return [[currency, { price: toText(price), route: [...route], pricedAt }]];
    }),
  );
  cache.set(KIND, rates satisfies Stored, TIME_TO_LIVE_MS);
}

/** The newest rate that the accounts' syncs stored; throws 'nothing-to-show' if there is none. */
export async function fetchRate(sql: Sql, currency: string, accounts?: readonly AccountId[]): Promise<Rate> {
  const kept = (await fetchKept(sql, KIND, accounts))
    .map((value) => inShape(stored, value))
    .filter((rates) => rates !== undefined);
  const [newest] = kept
    .flatMap((rates) => rates[currency] ?? [])
    .sort((one, other) => other.pricedAt - one.pricedAt);
  if (!newest) throw unknownRate(currency, [...new Set(kept.flatMap((rates) => Object.keys(rates)))]);
  return { currency, ...newest, price: parseDecimal(newest.price) };
}

const unknownRate = (currency: string, known: string[]): ExpectedError =>
  new ExpectedError('nothing-to-show', `no ${currency} exchange rate is available`, {
    fix:
      known.length === 0
        ? 'Store those that the exchange has: exchange-sync sync'
        : `Available: ${known.sort().join(', ')}.`,
  });
