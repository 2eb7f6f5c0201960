import { describe, expect, test } from '@jest/globals';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { AssetTrace, AssetTraces, Outcome, TraceLine } from '../../src/models/trace.js';
import { renderTradesJson } from '../../src/render/json/trades.js';
import { renderTrades, renderTradesCsv } from './rendered.js';

const NOW = Date.UTC(2026, 0, 9, 12);

function position(quantity: string, cost: string, known = quantity): Outcome['position'] {
  const [coins, knownQuantity] = [parseDecimal(quantity), parseDecimal(known)];
  const average = knownQuantity.isZero() ? undefined : parseDecimal(cost).div(knownQuantity);
  return { quantity: coins, cost: parseDecimal(cost), knownQuantity, average, estimatedQuantity: ZERO };
}

let minute = 0;
function line(
  what: TraceLine['what'],
  quantity: string,
  value: string | undefined,
  more: Partial<TraceLine> = {},
): TraceLine {
  minute += 1;
  return {
    time: NOW + minute * 60_000,
    event: `trade BTC/USDT ${minute}`,
    what,
    counter: 'USDT',
    quantity: parseDecimal(quantity),
    value: value === undefined ? undefined : parseDecimal(value),
    charges: [],
    outcome: undefined,
    ...more,
  };
}

const after = (held: Outcome['position'], realized: string | null = '0'): Pick<TraceLine, 'outcome'> => ({
  outcome: { position: held, realized: realized === null ? undefined : parseDecimal(realized) },
});

const TRACE: AssetTrace = {
  account: 'bybit/\u001b[2J',
  asset: 'BTC',
  cash: false,
  lines: [
    line('bought', '0.1', '6000', {
      charges: [{ asset: 'USDT', amount: parseDecimal('6'), value: parseDecimal('6') }],
      ...after(position('0.1', '6006')),
    }),
    line('fee', '-0.00005', '3.25', { counter: 'BTC/USDT' }),
    line('sold', '-0.04', '2600', after(position('0.05995', '3600.597'), '194.597')),
    line('deposit', '1', undefined, {
      counter: undefined,
      ...after(position('1.05995', '3600.597', '0.05995')),
    }),
    line('gap', '2', undefined),
    line('sold', '-3.05995', '1234567.891', after(position('0', '0'), null)),
  ],
  earlier: undefined,
  position: position('0', '0'),
  realized: parseDecimal('194.597'),
  held: { quantity: ZERO, average: undefined },
  ahead: false,
};
const traces = (more: Partial<AssetTrace> = {}, method = 'average'): AssetTraces => ({
  asset: 'BTC',
  now: NOW,
  method,
  accounts: [{ ...TRACE, ...more }],
  absent: [],
});
const options = { colour: false, width: 140, privacy: false, currency: 'USD' };

describe('the table of trades', () => {
  test('has every figure that the next one follows from, and none where a line is not the last of its event', () => {
    const text = renderTrades(traces(), options);
    expect(text).toMatch(
      /^2026-01-09 +12:01:00 +bought +USDT +\+0\.1 +60,000\.00 +6,000\.00 +6\.00 +0\.1 +6,006\.00 +60,060\.00 +·$/m,
    );
    expect(text).toMatch(/fee +BTC\/USDT +-0\.00005 +65,000\.00 +3\.25$/m);
    expect(text).toMatch(
      /sold +USDT +-0\.04 +65,000\.00 +2,600\.00 +0\.05995 +3,600\.60 +60,060\.00 +\+194\.60$/m,
    );
  });

  test('shows what is not known as —, marks a cost of a part, and explains both', () => {
    const text = renderTrades(traces(), options);
    expect(text).toMatch(/deposit +\+1 +— +— +1\.05995 +3,600\.60 +60,060\.00\* +·$/m);
    expect(text).toMatch(/gap +USDT +\+2 +— +—$/m);
    expect(text).toMatch(/sold +USDT +-3\.05995 .* 1,234,567\.89 +0 +0\.00 +· +—$/m);
    expect(text).toContain('* The cost of a part is not known');
    expect(text).toContain('gap: more was sold or withdrawn than recorded purchases cover');
  });

  test('begins with what the lines left out come to', () => {
    const earlier = { lines: 1200, position: position('7', '70'), realized: parseDecimal('-5') };
    const text = renderTrades(traces({ earlier }), options);
    expect(text).toMatch(/before +7 +70\.00 +10\.00 +-5\.00$/m);
    expect(text).toContain('The last 6 of 1,206 lines');
  });

  test.each<[string, Partial<AssetTrace>, string, RegExp]>([
    [
      'what the exchange has otherwise',
      { held: { quantity: parseDecimal('3'), average: undefined } },
      'average',
      /The exchange reports 3 BTC; the recorded history adds up to 0\./,
    ],
    ['that a sync is due', { ahead: true }, 'average', /next sync recalculates this/],
    ['that lots are summed', {}, 'fifo', /sum of all lots \(fifo\)/],
    ['that money has no average', { cash: true }, 'average', /Cash has no cost/],
    [
      'what is an estimate',
      { position: { ...position('2', '2'), estimatedQuantity: parseDecimal('1.5') } },
      'average',
      /Cost of 1\.5 BTC is an estimate/,
    ],
  ])('says %s', (_, more, method, text) => {
    expect(renderTrades(traces(more, method), options)).toMatch(text);
  });

  test.each([
    [40, /^ {2}Quantity +-0\.04\n(.*\n)* {2}Average +60,060\.00$/m],
    [80, /^Day .*What .*Quantity .*Average/m],
    [120, /^Day .*What .*Quantity .*Average/m],
  ])('fits into %i columns and keeps the quantity and the average', (width, text) => {
    const shown = renderTrades(traces(), { ...options, width });
    expect(Math.max(...shown.split('\n').map((one) => one.length))).toBeLessThanOrEqual(width);
    expect(shown).toMatch(text);
  });

  test('hides every amount with privacy, and lets no escape sequence through', () => {
    const text = renderTrades(traces({ held: { quantity: parseDecimal('3'), average: undefined } }), {
      ...options,
      privacy: true,
    });
    for (const amount of ['6,00', '0.1 ', '3,600', '0.05995', '194', '2,600', '1,234', '3.25']) {
      expect(text).not.toContain(amount);
    }
    expect(text).toContain('60,060.00');
    expect(text).not.toContain('\u001b');
    expect(renderTrades(traces(), { ...options, colour: true })).toContain('\u001b[');
  });
});

describe('for programs', () => {
  test('json has every digit, and null for what is not known or not yet told', () => {
    const [account] = (
      JSON.parse(renderTradesJson(traces(), { currency: 'USD' })) as { accounts: { lines: object[] }[] }
    ).accounts;
    expect(account?.lines).toMatchObject([
      {
        what: 'bought',
        quantity: '0.1',
        price: '60000',
        fees: [{ asset: 'USDT', value: '6' }],
        after: { averageEntry: '60060' },
      },
      { what: 'fee', for: 'BTC/USDT', lastOfEvent: false, realized: null, after: null },
      { realized: '194.597' },
      { what: 'deposit', for: null, price: null, value: null, after: { costKnownQuantity: '0.05995' } },
      { what: 'gap' },
      { lastOfEvent: true, realized: null, after: { quantity: '0', cost: '0', averageEntry: null } },
    ]);
  });

  test('csv has a row a line', () => {
    const rows = renderTradesCsv(traces({ account: '=1+1' }), { currency: 'USD', exact: true })
      .trimEnd()
      .split('\r\n');
    expect(rows).toHaveLength(7);
    expect(rows[1]).toMatch(
      /^'=1\+1,BTC,2026-01-09T12:01:00\.000Z,trade BTC\/USDT 1,bought,USDT,0\.1,60000,6000,6,0,0\.1,0\.1,6006,60060,USD$/,
    );
    expect(rows[2]).toMatch(/,fee,BTC\/USDT,-0\.00005,65000,3\.25,0,,,,,,USD$/);
  });
});
