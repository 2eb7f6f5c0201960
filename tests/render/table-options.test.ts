import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import type { HoldingOrder } from '../../src/accounting/holding-figures.js';
import { renderPortfolio } from './rendered.js';

const NOW = Date.UTC(2026, 0, 9);

/** Quantity 1 of each, bought for `cost`. */
const held = (asset: string, price: string | undefined, cost: string): Holding => ({
  asset,
  quantity: parseDecimal('1'),
  price:
    price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route: [], pricedAt: NOW },
  cost: { knownQuantity: parseDecimal('1'), cost: parseDecimal(cost), averageEntry: parseDecimal(cost) },
});

const PORTFOLIO = {
  account: 'bybit',
  lastSuccess: NOW,
  lastFailure: undefined,
  wallets: [],
  holdings: [
    held('ADA', '20', '10'),
    held('BTC', '500', '800'),
    held('GIFT', undefined, '1'),
    held('ZEC', '50', '5'),
    held('OWED', '-70', '1'),
  ],
  lastPrices: new Map(),
  realized: parseDecimal('321'),
  estimated: new Map(),
  missingAcquisitions: [],
  differences: [],
  totals: undefined,
  gaps: [],
  hasKey: undefined,
};

const options = {
  now: NOW,
  colour: false,
  width: 120,
  privacy: false,
  recent: [],
  currency: 'USD',
  staleAfterMs: 1,
};
const assetsIn = (text: string): string => (text.match(/^[A-Z]{3,4}(?= )/gm) ?? []).join(' ');

describe('--sort', () => {
  test.each<[HoldingOrder | undefined, string]>([
    [undefined, 'BTC ZEC ADA OWED GIFT'],
    ['value', 'BTC ZEC ADA OWED GIFT'],
    ['asset', 'ADA BTC GIFT OWED ZEC'],
    ['pnl', 'ZEC ADA OWED BTC GIFT'],
  ])('%s', (sort, order) => {
    expect(assetsIn(renderPortfolio([PORTFOLIO], { ...options, sort }))).toBe(order);
  });
});

describe('--min-value', () => {
  test.each([
    ['0', 'BTC ZEC ADA OWED GIFT', undefined],
    ['20', 'BTC ZEC ADA OWED GIFT', undefined],
    ['20.01', 'BTC ZEC OWED GIFT', '1 asset under 20.01 USD not shown, but in the totals.'],
    ['60', 'BTC OWED GIFT', '2 assets under 60 USD not shown, but in the totals.'],
    ['1000', 'GIFT', '4 assets under 1,000 USD not shown, but in the totals.'],
  ])(
    '%s hides what is worth less, never debts or what has no price, and keeps the totals',
    (minimum, left, note) => {
      const text = renderPortfolio([PORTFOLIO], { ...options, minValue: parseDecimal(minimum) });
      expect(assetsIn(text)).toBe(left);
      expect(text).toMatch(/^Total +500\.00 /m);
      if (note === undefined) expect(text).not.toContain('not shown');
      else expect(text).toContain(note);
    },
  );
});

test('--privacy leaves prices, percentages and what is not known, and no amount', () => {
  const text = renderPortfolio([PORTFOLIO, PORTFOLIO], { ...options, privacy: true });
  expect(text).toMatch(/^BTC +••••• +500\.00 +••••• +800\.00 +••••• +-37\.50% +100\.00% +█{8}$/m);
  expect(text).toMatch(/^GIFT +••••• +— +— +1\.00 +— +— +—$/m);
  expect(text).not.toContain('321');
  expect(text).not.toContain('-300');
  expect(text).not.toContain('1,000');
});
