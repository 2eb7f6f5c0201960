import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { displayWidth } from '../../src/render/text-layout.js';
import { account as bridgeOf, asset as assetBridge, bridges } from './bridges.js';
import { holding, NOW, portfolio, recentOf } from './reports.js';
import { account as resultsOf, result as assetResult, results } from './results.js';
import { renderBridge, renderPortfolio, renderResults } from './rendered.js';

const WIDTHS = [40, 60, 80, 120, 200];
const LONG = '123456789012.12345678';
const options = {
  now: NOW,
  colour: false,
  privacy: false,
  recent: ['bybit', 'bybit/a_name_of_thirty_characters_'].flatMap(recentOf),
  currency: 'USD',
  staleAfterMs: 3_900_000,
} as const;

const ACCOUNTS: readonly AccountPortfolio[] = ['bybit', 'bybit/a_name_of_thirty_characters_'].map((name) =>
  portfolio(name, {
    holdings: [
      holding('BTC', LONG, { price: '64210.5', cost: [LONG, '98765432109876.54321'] }),
      holding('ANASSETOFTWENTYCHARS', '0.00000001', { price: '0.000000012345678', cost: ['0', '0'] }),
      holding('GIFT', '987654321.98765432'),
    ],
    lastFailure: { time: NOW - 120_000, message: 'the exchange refused the request for the funding wallet' },
  }),
);

/** Every run of digits, separators and its sign. */
const numbersIn = (text: string): readonly string[] => text.match(/[+-]?\d[\d,.]*\d/g) ?? [];
const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth));

describe.each(WIDTHS)('at %i columns', (width) => {
  test.each(['account', 'asset'] as const)(
    'holdings by %s fit, keep the quantity and break no number',
    (group) => {
      const shown = renderPortfolio(ACCOUNTS, { ...options, width, group });
      expect(widest(shown)).toBeLessThanOrEqual(width);
      const times = group === 'asset' ? parseDecimal('2') : parseDecimal('1');
      const quantity = parseDecimal(LONG).times(times).toFixed(8);
      expect(shown.replaceAll(',', '')).toContain(quantity);
      const whole = new Set(numbersIn(renderPortfolio(ACCOUNTS, { ...options, width: 500, group })));
      expect(numbersIn(shown).filter((number) => !whole.has(number))).toEqual([]);
    },
  );

  test('an attribution and the results of a period fit and break no number', () => {
    const moved = bridgeOf([
      assetBridge('BTC', '123456789012.34', { priceMoves: '-98765432109.87', netFlows: '1234567890.12' }),
      assetBridge('ANASSETOFTWENTYCHARS', '1', { unexplained: '-12345678901.23' }),
    ]);
    const earned = resultsOf([
      assetResult('BTC', { sales: '123456789012.34', deposits: '98765432109.87', feesPaid: '12345678.9' }),
      assetResult('ANASSETOFTWENTYCHARS', { income: '12345678901.23' }),
    ]);
    for (const render of [
      (columns: number) => renderBridge(bridges([moved]), { ...options, width: columns }),
      (columns: number) => renderResults(results([earned]), { ...options, width: columns }),
    ]) {
      const shown = render(width);
      expect(widest(shown)).toBeLessThanOrEqual(width);
      const whole = new Set(numbersIn(render(500)));
      expect(numbersIn(shown).filter((number) => !whole.has(number))).toEqual([]);
    }
  });
});
