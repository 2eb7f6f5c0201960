import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { ValueHistory } from '../../src/models/history.js';
import type { AssetTrace, TraceLine } from '../../src/models/trace.js';
import { displayWidth } from '../../src/render/text-layout.js';
import { renderHistory, renderTrades } from './rendered.js';

const WIDE = 500;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 31, 12);
const options = { colour: false, privacy: false, currency: 'USD' };

const width = fc.integer({ min: 40, max: 200 });
const amount = fc
  .tuple(fc.bigInt({ min: 1n, max: 999_999_999_999n }), fc.nat({ max: 99_999_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(8, '0')}`);
const name = fc.constantFrom('bybit', 'bybit/a_name_of_thirty_characters_');
const asset = fc.constantFrom('BTC', 'ANASSETOFTWENTYCHARS', '币安人生');

/** Every run of digits and separators with its sign. */
const numbersIn = (text: string): readonly string[] => text.match(/[+-]?\d[\d,.:-]*\d/g) ?? [];

function expectFits(render: (width: number) => string, columns: number): string {
  const shown = render(columns);
  expect(Math.max(...shown.split('\n').map(displayWidth))).toBeLessThanOrEqual(columns);
  const whole = new Set(numbersIn(render(WIDE)));
  expect(numbersIn(shown).filter((number) => !whole.has(number))).toEqual([]);
  return shown.replaceAll(',', '');
}

/** The axes have other marks at another width. */
const withoutAxes = (text: string): string =>
  text.replaceAll(/^.*[┤│].*$|^ +\d{4}-\d{2}-\d{2} .*$/gm, (axis) => ' '.repeat(displayWidth(axis)));

const line = fc
  .record({
    what: fc.constantFrom<TraceLine['what']>('bought', 'sold', 'deposit', 'fee'),
    quantity: amount,
    value: fc.option(amount, { nil: undefined }),
    held: amount,
  })
  .map(({ what, quantity, value, held }): TraceLine => ({
    time: NOW,
    event: `trade BTC/USDT ${quantity}`,
    what,
    counter: 'USDT',
    quantity: parseDecimal(quantity),
    value: value === undefined ? undefined : parseDecimal(value),
    charges: [],
    outcome: {
      position: {
        quantity: parseDecimal(held),
        cost: parseDecimal(held),
        knownQuantity: parseDecimal(held),
        average: parseDecimal('1'),
        estimatedQuantity: ZERO,
      },
      realized: parseDecimal(quantity),
    },
  }));

describe('at any width from 40 columns and with figures of any length', () => {
  test('the lines of --trades fit, keep the quantity and break no number', () => {
    fc.assert(
      fc.property(
        width,
        name,
        asset,
        fc.array(line, { minLength: 1, maxLength: 4 }),
        (columns, account, coin, lines) => {
          const [first] = lines;
          if (!first?.outcome) throw new Error('there is no line');
          const { position } = first.outcome;
          const trace: AssetTrace = {
            ...{ account, asset: coin, cash: false, lines, earlier: undefined, position, realized: ZERO },
            ...{ held: { quantity: position.quantity, average: position.average }, ahead: false },
          };
          const traces = { asset: coin, now: NOW, method: 'average', accounts: [trace], absent: [] };
          const shown = expectFits((wide) => renderTrades(traces, { ...options, width: wide }), columns);
          for (const { quantity } of lines)
            expect(shown).toContain(quantity.toFixed(8).replace(/\.?0+$/, ''));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the chart of --history fits, and its text breaks no number', () => {
    fc.assert(
      fc.property(
        width,
        name,
        fc.array(amount, { minLength: 2, maxLength: 31 }),
        (columns, account, values) => {
          const from = NOW - (values.length - 1) * DAY_MS;
          const points = values.map((value, day) => ({
            ...{ time: from + day * DAY_MS, value: parseDecimal(value), complete: true },
            ...{ accounts: [account], unpriced: [], joined: day > 0 },
          }));
          const history: ValueHistory = {
            ...{ from, to: NOW, asset: undefined, total: undefined, absent: [] },
            accounts: [{ account, series: { points, gaps: [] } }],
          };
          expectFits((wide) => withoutAxes(renderHistory(history, { ...options, width: wide })), columns);
        },
      ),
      { numRuns: 150 },
    );
  });
});
