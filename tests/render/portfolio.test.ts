import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { printable } from '../../src/render/escape.js';
import {
  formatChange,
  formatGain,
  formatMoney,
  formatPrice,
  formatQuantity,
} from '../../src/render/numbers.js';
import { renderPortfolioCsv } from '../../src/render/portfolio-csv.js';
import { renderPortfolioJson } from '../../src/render/portfolio-json.js';
import { renderPortfolio } from '../../src/render/portfolio-table.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

function holding(
  asset: string,
  quantity: string,
  price?: string,
  cost?: readonly [known: string, cost: string],
): Holding {
  const known = parseDecimal(cost?.[0] ?? '0');
  return {
    asset,
    quantity: parseDecimal(quantity),
    price:
      price === undefined
        ? NO_PRICE
        : {
            known: true,
            price: parseDecimal(price),
            route: asset === 'USDT' ? ['peg'] : [`${asset}/USDT`],
            pricedAt: NOW,
          },
    cost: {
      knownQuantity: known,
      cost: parseDecimal(cost?.[1] ?? '0'),
      averageEntry: known.isZero() ? undefined : parseDecimal(cost?.[1] ?? '0').div(known),
    },
  };
}

const PORTFOLIO: AccountPortfolio = {
  account: 'bybit',
  lastSuccess: NOW - 180_000,
  lastFailure: undefined,
  wallets: [{ wallet: 'FUND', readAt: NOW - 7_200_000, failure: 'refused' }],
  holdings: [
    holding('BTC', '0.5', '64000', ['0.5', '30000']),
    holding('SOL', '30', '150', ['20', '2800']),
    holding('USDT', '1000', '1', ['1000', '1000']),
    holding('GIFT\u001b[31m', '7'),
  ],
  lastPrices: new Map(),
  realized: parseDecimal('-12.5'),
  missingAcquisitions: ['BTC'],
};

const options = {
  now: NOW,
  colour: false,
  width: 120,
  privacy: false,
  sort: 'value',
  currency: 'USD',
  staleAfterMs: 3_900_000,
} as const;

describe('the table', () => {
  const text = renderPortfolio([PORTFOLIO], options);

  test('shows value, profit and its share, and totals of what is known', () => {
    expect(text).toMatch(/BTC +0\.5 +64,000\.00 +32,000\.00 +60,000\.00 +\+2,000\.00 +\+6\.67%/);
    expect(text).toMatch(/SOL +30 +150\.00 +4,500\.00 +140\.00 +\+200\.00\*/);
    expect(text).toMatch(/Total +37,500\.00 +\+2,200\.00 +\+6\.71%/);
    expect(text).toContain('synced 3 minutes ago');
  });

  test('says what it leaves out, assumes or takes from an older reading', () => {
    expect(text).toContain('No price for GIFT');
    expect(text).toContain('20 of 30 SOL');
    expect(text).toContain('FUND could not be read');
    expect(text).toContain('USDT counted as 1 USD');
    expect(text).toContain('More BTC left than the history explains');
    expect(text).toMatch(/Realized .*-12\.50 USD/);
  });

  test('lets no escape sequence of a name through', () => {
    expect(text).not.toContain('\u001b');
    expect(text).toContain('\\u{1b}');
  });

  test.each([40, 60, 80, 120])('fits into %i columns', (width) => {
    const lines = renderPortfolio([PORTFOLIO], { ...options, width }).split('\n');
    const table = lines.filter((line) => /^(Asset|BTC|SOL|USDT|Total|─)/.test(line));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  test('hides amounts with privacy and paints only when asked to', () => {
    expect(renderPortfolio([PORTFOLIO], { ...options, privacy: true })).not.toContain('32,000');
    expect(renderPortfolio([PORTFOLIO], { ...options, colour: true })).toContain('\u001b[');
  });

  test('several accounts are summed under the last', () => {
    expect(renderPortfolio([PORTFOLIO, { ...PORTFOLIO, account: 'bybit/sub1' }], options)).toContain(
      'All 2 accounts: 75,000.00 USD',
    );
  });
});

describe('for programs', () => {
  test('json has every digit as text and null for what is not known', () => {
    const json = JSON.parse(renderPortfolioJson([PORTFOLIO], { now: NOW, currency: 'USD' })) as Record<
      string,
      unknown
    >;
    expect(json).toMatchObject({
      schemaVersion: 1,
      accounts: [
        {
          account: 'bybit',
          holdings: [
            { asset: 'BTC', quantity: '0.5', pnl: '2000' },
            {},
            {},
            { price: null, value: null, pnl: null },
          ],
        },
      ],
    });
  });

  test('csv has an empty field for what is not known and no formula', () => {
    const csv = renderPortfolioCsv([{ ...PORTFOLIO, holdings: [holding('=1+1', '7')] }], { currency: 'USD' });
    expect(csv.split('\r\n')[1]).toBe("bybit,'=1+1,7,,,0,0,,,USD");
  });
});

describe('figures', () => {
  test.each([
    [formatMoney(parseDecimal('1234567.005')), '1,234,567.00'],
    [formatGain(parseDecimal('0.07')), '+0.07'],
    [formatGain(parseDecimal('-0.001')), '0.00'],
    [formatPrice(parseDecimal('0.000012345678912')), '0.000012345679'],
    [formatPrice(parseDecimal('64250.5')), '64,250.50'],
    [formatQuantity(parseDecimal('0.000000001')), '<0.00000001'],
    [formatQuantity(undefined), '—'],
    [formatChange(parseDecimal('12.345')), '+12.34%'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });

  test('whatever the text, nothing that steers a terminal is left', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(printable(text)),
      ),
    );
  });
});
