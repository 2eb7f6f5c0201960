import type { Decimal } from './decimal.js';

/** Of every amount that is stored. */
export const BOOKS_CURRENCY = 'USD';

/** What one unit of a currency is worth in that currency, when that was so in ms, and over which markets. */
export interface Rate {
  readonly currency: string;
  readonly price: Decimal;
  readonly route: readonly string[];
  readonly pricedAt: number;
}

/** Fiat currencies that exchanges hold and trade; they have a rate and no profit. */
export const FIAT: ReadonlySet<string> = new Set([
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'JPY',
  'AUD',
  'CAD',
  'NZD',
  'TRY',
  'BRL',
  'PLN',
  'CZK',
  'RON',
  'HUF',
  'UAH',
  'ZAR',
  'MXN',
  'ARS',
  'COP',
  'NGN',
  'INR',
  'IDR',
  'VND',
  'KRW',
  'SGD',
  'HKD',
  'AED',
  'KZT',
]);

/** Coins pegged to the US dollar, counted as 1 each: an assumption that every output states. */
export const STABLECOINS: ReadonlySet<string> = new Set([
  'USDT',
  'USDC',
  'DAI',
  'FDUSD',
  'TUSD',
  'USDE',
  'PYUSD',
  'RLUSD',
  'USD1',
]);
