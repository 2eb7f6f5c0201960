import fc from 'fast-check';
import type { AccountingSettings, PriceLookup } from '../../src/accounting/settings.js';
import { parseDecimal } from '../../src/models/decimal.js';
import { SETTINGS } from './histories.js';

const HOUR = 3_600_000;

export const anySettings: fc.Arbitrary<AccountingSettings> = fc.record({
  reportingCurrency: fc.constantFrom('USD', 'EUR'),
  method: fc.constantFrom('average' as const, 'fifo' as const, 'lifo' as const, 'hifo' as const),
  stablecoins: fc.constantFrom(new Set(['USDT']), new Set<string>()),
  fiat: fc.constant(SETTINGS.fiat),
  depositCost: fc.constantFrom('market' as const, 'unknown' as const, 'zero' as const),
  gapCost: fc.constantFrom('exclude' as const, 'zero' as const),
});

const PRICES: Readonly<Record<string, string>> = {
  BTC: '60000.5',
  ETH: '2500.25',
  MNT: '0.7',
  EUR: '1.125',
  USD: '0.875',
  USDT: '1.001',
};

/** A price for everything, which moves with time. */
export const knownPrices: PriceLookup = (name, at) => {
  const price = PRICES[name];
  return price === undefined
    ? undefined
    : parseDecimal(price)
        .times(100 + (Math.floor(at / HOUR) % 7))
        .div(100);
};

/** Every third hour has no prices. */
export const patchyPrices: PriceLookup = (name, at) =>
  Math.floor(at / HOUR) % 3 === 0 ? undefined : knownPrices(name, at);
