import type { AccountingSettings } from '../../src/accounting/settings.js';
import type { Decimal } from '../../src/models/decimal.js';
import { STABLECOINS } from '../../src/models/currencies.js';
import type { Vector } from './vector-file.js';

const NATIONAL = new Set(
  (
    'AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KZT ' +
    'MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR'
  ).split(' '),
);

const METHODS = {
  moving_average: 'average',
  fifo: 'fifo',
  lifo: 'lifo',
  hifo: 'hifo',
  'n/a': 'average',
} as const;

/** What a case says about how to reckon, as the engine's settings. */
export function settingsOf(vector: Vector, currency = vector.reporting_currency): AccountingSettings {
  const used = vector.events.flatMap((event) => [
    ...('quote' in event ? [event.quote] : [event.asset]),
    ...('fees' in event ? event.fees.map((fee) => fee.currency) : []),
  ]);
  const fiat = new Set([...used.filter((asset) => NATIONAL.has(asset)), ...vector.fee_currency_is_cash]);
  return {
    reportingCurrency: currency,
    method: METHODS[vector.method],
    stablecoins: new Set([...STABLECOINS].filter((coin) => isPegged(coin, vector, currency))),
    fiat: fiat.add(currency),
    depositCost: 'market',
    gapCost: vector.oversell === 'zero_cost_clamp' ? 'zero' : 'exclude',
  };
}

/** A stablecoin with a price of its own goes by that, and one whose figures are asked for has a pool. */
function isPegged(coin: string, { prices, expected }: Vector, currency: string): boolean {
  const asked = [
    expected,
    ...expected.steps,
    ...expected.steps_multi,
    ...Object.values(expected.per_account),
  ];
  const rated = currency === 'USD' || prices.some(({ asset }) => asset === 'USD');
  const named = asked.some(({ asset }) => asset === coin) || prices.some(({ asset }) => asset === coin);
  return coin !== currency && rated && !named;
}

/** The price of that very time, else the latest before it. */
export function priceOf({ prices }: Vector, asset: string, time: number): Decimal | undefined {
  const before = prices.filter((price) => price.asset === asset && price.time <= time);
  return before.toSorted((a, b) => a.time - b.time).at(-1)?.price;
}
