import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { renderPortfolioJson } from '../../src/render/json/portfolio.js';
import { renderPortfolio } from './rendered.js';

const NOW = Date.UTC(2026, 0, 9);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Last = readonly [asset: string, price: string, age: number];

const held = (asset: string, price?: string): Holding => ({
  asset,
  quantity: parseDecimal('1000'),
  price:
    price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route: [], pricedAt: NOW },
  cost: { knownQuantity: parseDecimal('0'), cost: parseDecimal('0'), averageEntry: undefined },
});

const portfolio = (unpriced: readonly string[], last: readonly Last[]): AccountPortfolio => ({
  account: 'bybit',
  lastSuccess: NOW,
  lastFailure: undefined,
  wallets: [],
  holdings: [held('BTC', '2'), ...unpriced.map((asset) => held(asset))],
  lastPrices: new Map(
    last.map(([asset, price, age]) => [asset, { price: parseDecimal(price), time: NOW - age }]),
  ),
  realized: undefined,
  estimated: new Map(),
  missingAcquisitions: [],
  differences: [],
  totals: undefined,
  gaps: [],
  hasKey: undefined,
});

const options = {
  now: NOW,
  colour: false,
  width: 200,
  privacy: false,
  recent: [],
  currency: 'USD',
  staleAfterMs: DAY_MS,
};

describe('an asset that has no price now', () => {
  test.each<[unpriced: readonly string[], last: readonly Last[], note: string]>([
    [['GIFT'], [], 'No price for GIFT: not in the totals.'],
    [
      ['GIFT'],
      [['GIFT', '0.12', 3 * DAY_MS]],
      'No price for GIFT: not in the totals; last known 0.12 USD 3 days ago.',
    ],
    [
      ['GIFT'],
      [['GIFT', '0.000012345678912', 30 * 60_000]],
      'No price for GIFT: not in the totals; last known 0.000012345679 USD 30 minutes ago.',
    ],
    [
      ['GIFT', 'ORDX'],
      [['ORDX', '1.5', 2 * HOUR_MS]],
      'No price for GIFT, ORDX: not in the totals; last known ORDX 1.50 USD 2 hours ago.',
    ],
    [
      ['GIFT', 'ORDX'],
      [
        ['GIFT', '0.12', DAY_MS],
        ['ORDX', '1.5', 2 * HOUR_MS],
      ],
      'No price for GIFT, ORDX: not in the totals; last known GIFT 0.12 USD 1 day ago, ORDX 1.50 USD 2 hours ago.',
    ],
    [
      ['A\u001b[31m', 'B'],
      [['A\u001b[31m', '1', DAY_MS]],
      'No price for A\\u{1b}[31m, B: not in the totals; last known A\\u{1b}[31m 1.00 USD 1 day ago.',
    ],
  ])('%j, last known %j', (unpriced, last, note) => {
    expect(renderPortfolio([portfolio(unpriced, last)], options)).toContain(`· ${note}\n`);
  });

  test('has no value, and its last price is in no total', () => {
    const text = renderPortfolio([portfolio(['GIFT'], [['GIFT', '0.12', DAY_MS]])], options);
    expect(text).toMatch(/^GIFT +1,000 +— +— +— +— +— +—$/m);
    expect(text).toMatch(/^Total +2,000\.00 /m);
  });

  test('has null for its price and value in json, its last known price beside them', () => {
    const accounts = [portfolio(['GIFT', 'NEVER'], [['GIFT', '0.12', 3 * DAY_MS]])];
    expect(
      JSON.parse(renderPortfolioJson(accounts, { now: NOW, currency: 'USD', recent: [] })),
    ).toMatchObject({
      accounts: [
        {
          holdings: [
            { asset: 'BTC', price: '2', lastKnownPrice: null },
            {
              asset: 'GIFT',
              price: null,
              value: null,
              lastKnownPrice: { price: '0.12', at: '2026-01-06T00:00:00.000Z' },
            },
            { asset: 'NEVER', price: null, value: null, lastKnownPrice: null },
          ],
          totals: { value: '2000', valueLeavesOut: ['GIFT', 'NEVER'] },
        },
      ],
    });
  });
});
