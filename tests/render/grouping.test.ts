import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { renderPortfolio, renderPortfolioMarkdown } from './rendered.js';

const NOW = Date.UTC(2026, 0, 9);

function held(asset: string, quantity: string, price?: string, known = quantity, cost = '10'): Holding {
  const [knownQuantity, costs] = [parseDecimal(known), parseDecimal(known === '0' ? '0' : cost)];
  return {
    asset,
    quantity: parseDecimal(quantity),
    price:
      price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route: [], pricedAt: NOW },
    cost: {
      knownQuantity,
      cost: costs,
      averageEntry: knownQuantity.isZero() ? undefined : costs.div(knownQuantity),
    },
  };
}

const account = (name: string, holdings: readonly Holding[], more: Partial<AccountPortfolio> = {}) => ({
  account: name,
  lastSuccess: NOW - 60_000,
  lastFailure: undefined,
  wallets: [],
  holdings,
  lastPrices: new Map(),
  realized: parseDecimal('3'),
  estimated: new Map(),
  missingAcquisitions: [],
  differences: [],
  totals: undefined,
  gaps: [],
  hasKey: undefined,
  ...more,
});
const ACCOUNTS: readonly AccountPortfolio[] = [
  account('bybit', [held('BTC', '1', '100', '1', '40'), held('ETH', '2', '10'), held('GIFT', '5')]),
  account('bybit/sub1', [held('BTC', '3', '104', '2', '80'), held('ETH', '4', '10', '0')], {
    lastSuccess: NOW - 7_200_000,
    lastFailure: { time: NOW - 120_000, message: 'refused' },
  }),
];
const options = {
  now: NOW,
  colour: false,
  width: 120,
  privacy: false,
  recent: [],
  currency: 'USD',
  staleAfterMs: 3_900_000,
} as const;
const byAsset = { ...options, group: 'asset' } as const;

describe('--group asset', () => {
  const text = renderPortfolio(ACCOUNTS, byAsset);

  test.each([
    [
      'sums what is held, its value and its profit',
      /^BTC +4 +103\.00 +412\.00 +40\.00 +\+188\.00\* +\+156\.67% +87\.29% /m,
    ],
    [
      'has a profit of a part where one account knows no cost',
      /^ETH +6 +10\.00 +60\.00 +5\.00 +\+10\.00\* +\+100\.00% +12\.71% /m,
    ],
    ['shows what has no price as —', /^GIFT +5 +— +— +2\.00 +— +— +—$/m],
    ['has the totals of the accounts', /^Total +472\.00 +\+198\.00 +\+152\.31%$/m],
    ['is as old as the oldest account', /^All 2 accounts {2}synced 2 hours ago, in USD$/m],
    ['names the account that failed', /^✗ The newest run of bybit\/sub1 failed 2 minutes ago: refused$/m],
    [
      'says whose a note is, where not all say the same',
      /^· bybit: No price for GIFT: not in the totals\.$/m,
    ],
    [
      'explains each * of its own rows',
      /^· \* Cost known for 3 of 4 BTC, 2 of 6 ETH: the P&L is of that part only\.$/m,
    ],
    ['and says it once where all do', /^· Realized P&L since the beginning: \+3\.00 USD\.$/m],
  ])('%s', (_, expected) => {
    expect(text).toMatch(expected);
  });

  test('explains a * that a missing price in one account causes', () => {
    const accounts = [account('bybit', [held('BTC', '1', '100')]), account('bybit/sub1', [held('BTC', '3')])];
    const shown = renderPortfolio(accounts, byAsset);
    expect(shown).toMatch(/^BTC .*\+90\.00\* /m);
    expect(shown).toContain('* P&L of BTC: only of the accounts in which both price and cost are known.');
  });

  test('totals are those of the tables by account', () => {
    expect(renderPortfolio(ACCOUNTS, options)).toContain(
      'All 2 accounts: 472.00 USD, P&L +198.00 (+152.31%)',
    );
  });

  test('of one account is its table', () => {
    const [one] = ACCOUNTS.map((portfolio) => [portfolio]);
    expect(renderPortfolio(one ?? [], byAsset)).toBe(renderPortfolio(one ?? [], options));
  });

  test.each([40, 80, 120])('fits into %i columns', (width) => {
    const table = renderPortfolio(ACCOUNTS, { ...byAsset, width });
    const lines = table.split('\n').filter((line) => /^(Asset|BTC|ETH|GIFT|Total|─)/.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  });
});

describe('--format markdown', () => {
  test('is a table with the sum in bold, and everything said around it', () => {
    const text = renderPortfolioMarkdown(ACCOUNTS, byAsset);
    expect(text).toContain(
      '## All 2 accounts\n\nsynced 2 hours ago, in USD\n\nGain over 24 h —, over 7 d —\n\n',
    );
    expect(text).toContain(
      '| Asset | Quantity | Price | Value | Avg entry | P\\&L | P\\&L % | Weight |\n| :-- | --: |',
    );
    expect(text).toContain('\n| BTC | 4 | 103.00 | 412.00 | 40.00 | +188.00\\* | +156.67% | 87.29% |\n');
    expect(text).toContain('\n| **Total** |  |  | **472.00** |  | **+198.00** | **+152.31%** |  |\n');
    expect(text).toContain('\n- bybit: No price for GIFT: not in the totals.\n');
  });

  test('has a table for each account and what all come to, and hides amounts with privacy', () => {
    const text = renderPortfolioMarkdown(ACCOUNTS, { ...options, privacy: true });
    expect(text.match(/^## /gm)).toHaveLength(2);
    expect(text).toContain(
      '**All 2 accounts: ••••• USD, P\\&L ••••• (+152.31%)**\n\nexcludes the assets noted above\n',
    );
    expect(text).not.toContain('472');
  });

  test.each([
    ['a|b', 'a\\|b'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[x](y)', '\\[x\\](y)'],
    ['`*_$', '\\`\\*\\_\\$'],
    ['\u001b[2J', '\\\\u\\{1b\\}\\[2J'],
    ['a\nb', 'a\\\\u\\{a\\}b'],
  ])('the name %j is text and nothing more', (name, shown) => {
    const text = renderPortfolioMarkdown([account(name, [held(name, '1', '1')])], options);
    expect(text).toContain(`## ${shown}\n`);
    expect(text).toContain(`\n| ${shown} | 1 |`);
  });
});
