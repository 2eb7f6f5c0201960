import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { renderPortfolioJson } from '../../src/render/json/portfolio.js';
import { renderPortfolio, renderPortfolioCsv } from './rendered.js';

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
  estimated: new Map([['SOL', parseDecimal('12.5')]]),
  missingAcquisitions: ['BTC'],
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
    expect(text).toContain('Cost of 12.5 SOL is an estimate');
    expect(text).toContain('FUND could not be read');
    expect(text).toContain('USDT counted as 1 USD');
    expect(text).toContain('More BTC was sold or withdrawn than recorded purchases cover');
    expect(text).toMatch(/Realized .*-12\.50 USD/);
  });

  test('says that a wallet was read earlier than the others', () => {
    const wallets = [
      { wallet: 'UNIFIED', readAt: NOW - 180_000, failure: undefined },
      { wallet: 'EARN', readAt: NOW - 240_000, failure: undefined },
      { wallet: 'FUND', readAt: NOW - 7_200_000, failure: undefined },
    ];
    const shown = renderPortfolio([{ ...PORTFOLIO, wallets }], options);
    expect(shown).toContain('Wallet FUND was last read 2 hours ago; the others 3 minutes ago.');
    expect(shown).not.toContain('EARN');
  });

  test('gives every holding its weight and a bar, first to go where there is no room', () => {
    expect(text).toMatch(/^BTC .* 85\.33% {2}██████▉$/m);
    const narrower = renderPortfolio([PORTFOLIO], { ...options, width: 88 });
    expect(narrower).toMatch(/^BTC .* 85\.33%$/m);
  });

  test('tells how the value changed, of each account and in total', () => {
    const recent = [24, 1].flatMap((hours) =>
      ['bybit', 'bybit/sub1'].map((account) => ({
        account,
        runId: `${hours}`,
        takenAt: NOW - hours * 3_600_000,
        complete: true,
        value: parseDecimal(hours > 1 ? '37000' : '37500'),
        unpriced: ['GIFT'],
        netFlowsSince: parseDecimal('300'),
      })),
    );
    const accounts = [PORTFOLIO, { ...PORTFOLIO, account: 'bybit/sub1' }];
    const shown = renderPortfolio(accounts, { ...options, recent });
    expect(shown.match(/^Gain over 24 h \+200\.00 \(\+0\.54%\), over 7 d —/gm)).toHaveLength(2);
    expect(shown).toMatch(
      /^All 2 accounts: .*\n.*\nGain over 24 h \+400\.00 .*\nValue over 24 h \+1,000\.00 \(\+1\.35%\)/m,
    );
    expect(shown).toContain('Gain is the change in value without deposits and withdrawals');
    const json = JSON.parse(renderPortfolioJson(accounts, { now: NOW, currency: 'USD', recent })) as object;
    expect(json).toMatchObject({
      valueChange: { day: { amount: '1000' }, week: null },
      accounts: [
        { valueChange: { day: { amount: '500', percent: '1.35135135', netFlows: '300', gain: '200' } } },
        {},
      ],
    });
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
    const json = JSON.parse(
      renderPortfolioJson([PORTFOLIO], { now: NOW, currency: 'USD', recent: [] }),
    ) as Record<string, unknown>;
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

  test('csv gives the reason of a failed sync in the first row of the account alone', () => {
    const lastFailure = { time: NOW, message: 'why' };
    const csv = renderPortfolioCsv([{ ...PORTFOLIO, lastFailure }], { currency: 'USD', exact: true });
    expect(csv.match(/why\r$/gm)).toHaveLength(1);
    expect(csv.split('\r\n')[1]).toMatch(/why$/);
  });

  test('csv has an empty field for what is not known and no formula', () => {
    const csv = renderPortfolioCsv([{ ...PORTFOLIO, holdings: [holding('=1+1', '7')] }], {
      currency: 'USD',
      exact: true,
    });
    expect(csv.split('\r\n')[1]).toBe("bybit,'=1+1,7,,,0,0,,,USD,");
  });
});
