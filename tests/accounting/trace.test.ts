import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ledger } from '../../src/accounting/ledger.js';
import { poolOf } from '../../src/accounting/pool.js';
import { Trace } from '../../src/accounting/trace.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import { type OneAccount, income, SETTINGS, sum, trade, transfer } from './histories.js';
import { anyAccounts } from './random-histories.js';
import { anySettings, patchyPrices } from './random-settings.js';
import { orderedSteps, type ReplayInput, replay } from './replay.js';

/** The books of all accounts as `replay` keeps them, with an eye on one asset of each. */
function watched({ accounts, settings, priceAt }: ReplayInput, asset: string, limit?: number) {
  const opened = new Map(
    [...accounts.keys()].map((account) => {
      const ledger = new Ledger(settings, priceAt);
      return [account, { ledger, trace: new Trace(ledger, asset, limit) }];
    }),
  );
  const carriedBy = (account: string, id: string) => opened.get(account)?.ledger.carried.get(id);
  for (const { account, open } of orderedSteps(accounts, settings, carriedBy)) {
    const event = open();
    if (event) opened.get(account)?.trace.apply(event);
  }
  return [...opened].map(([account, { ledger, trace }]) => {
    const state = JSON.stringify(ledger.state());
    const pool = poolOf({ lots: ledger.book(asset).state().lots });
    return { account, state, trace, pool, ...trace.end() };
  });
}

const anyCase = fc.record({
  accounts: anyAccounts,
  settings: anySettings,
  asset: fc.constantFrom('BTC', 'ETH', 'MNT', 'USDT', 'EUR'),
});

describe('whatever the history and the settings', () => {
  test('the lines add up to what is held and realized, and watching changes nothing', () => {
    fc.assert(
      fc.property(anyCase, ({ accounts, settings, asset }) => {
        const input = { accounts, settings, priceAt: patchyPrices };
        const reference = replay(input);
        for (const { account, state, trace, pool, position, realized } of watched(input, asset)) {
          expect([position.cost, position.estimatedQuantity].map(String)).toEqual(
            [pool.cost, pool.estimatedQuantity].map(String),
          );
          expect(state).toBe(JSON.stringify(reference.get(account)?.state()));
          let held = ZERO;
          for (const { quantity, outcome } of trace.lines) {
            held = held.plus(quantity);
            if (outcome) expect(outcome.position.quantity.toString()).toBe(held.toString());
          }
          expect(position.quantity.toString()).toBe(held.toString());
          const gains = trace.lines.map(({ outcome }) => outcome?.realized ?? ZERO);
          expect(sum(gains).toString()).toBe(realized.toString());
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the last lines go on from what the ones before them come to', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 9 }), ({ accounts, settings, asset }, limit) => {
        const input = { accounts, settings, priceAt: patchyPrices };
        const whole = watched(input, asset);
        watched(input, asset, limit).forEach(({ trace: { lines, earlier }, position }, at) => {
          const all = whole[at]?.trace.lines ?? [];
          expect(JSON.stringify(position)).toBe(JSON.stringify(whole[at]?.position));
          expect(JSON.stringify(lines)).toBe(JSON.stringify(all.slice(all.length - lines.length)));
          expect(earlier?.lines ?? 0).toBe(all.length - lines.length);
          const last = all[all.length - lines.length - 1]?.outcome?.position;
          expect(JSON.stringify(earlier?.position)).toBe(JSON.stringify(last));
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('what happened', () => {
  const linesOf = (
    asset: string,
    { settings = SETTINGS, priceAt = () => undefined, ...events }: OneAccount,
  ) => {
    const account = { trades: [], transfers: [], incomes: [], ...events };
    const [found] = watched({ accounts: new Map([['one', account]]), settings, priceAt }, asset);
    return found?.trace.lines.map(({ what, counter, quantity, value, charges, outcome }) =>
      [
        what,
        counter ?? '',
        quantity.toString(),
        value?.toString() ?? 'unknown',
        charges.map((charge) => charge.value?.toString() ?? 'unknown').join('+'),
        outcome && (outcome.realized?.toString() ?? 'unknown'),
        outcome?.position.quantity.toString(),
        outcome?.position.cost.toString(),
      ].join('|'),
    );
  };
  const bought = trade({ side: 'buy', amount: '2', value: '200', fee: ['USDT', '1'] });
  const MARKET: OneAccount = { priceAt: () => parseDecimal('100') };

  test.each<[string, string, OneAccount, string[]]>([
    ['a purchase bears its fee', 'BTC', { trades: [bought] }, ['bought|USDT|2|200|1|0|2|201']],
    [
      'a fee in the coin bought is a line of its own',
      'BTC',
      { trades: [trade({ side: 'buy', amount: '2', value: '200', fee: ['BTC', '0.5'] })] },
      ['fee|BTC/USDT|-0.5|50||||', 'bought|USDT|2|200||0|1.5|200'],
    ],
    [
      'more is sold than was there',
      'BTC',
      { trades: [bought, trade({ side: 'sell', amount: '4', value: '800' })] },
      ['bought|USDT|2|200|1|0|2|201', 'gap|USDT|2|unknown||||', 'sold|USDT|-4|800||199|0|0'],
    ],
    [
      'nothing is known of what was sold',
      'BTC',
      { trades: [trade({ side: 'sell', amount: '4', value: '800' })] },
      ['gap|USDT|4|unknown||||', 'sold|USDT|-4|800||unknown|0|0'],
    ],
    [
      'a fee in a third coin, paid out of what came in the same millisecond',
      'MNT',
      {
        trades: [
          trade({ side: 'buy', amount: '1', value: '100', fee: ['MNT', '3'], time: 5, id: '1' }),
          trade({ side: 'buy', base: 'MNT', amount: '10', value: '20', time: 5, id: '2' }),
        ],
        priceAt: () => parseDecimal('4'),
      },
      ['bought|USDT|10|20||0|10|20', 'fee|BTC/USDT|-3|12||6|7|14'],
    ],
    [
      'income costs its market value',
      'BTC',
      { incomes: [income('BTC', '1')], ...MARKET },
      ['income||1|100||100|1|100'],
    ],
    ['income without a price', 'BTC', { incomes: [income('BTC', '1')] }, ['income||1|unknown||unknown|1|0']],
    [
      'what came for cash is the sale of another coin',
      'USDT',
      { trades: [trade({ side: 'sell', amount: '1', value: '100', fee: ['USDT', '2'] })] },
      ['fee|BTC/USDT|-2|2||||', 'bought|BTC|100|100||0|98|0'],
    ],
    [
      'a withdrawal with its fee',
      'BTC',
      {
        trades: [bought],
        transfers: [
          transfer('withdrawal', 'BTC', '1', { fee: { asset: 'BTC', amount: parseDecimal('0.5') } }),
        ],
        ...MARKET,
      },
      ['bought|USDT|2|200|1|0|2|201', 'fee||-0.5|50||||', 'withdrawal||-1|100||0|0.5|50.25'],
    ],
  ])('%s', (_, asset, events, lines) => {
    expect(linesOf(asset, events)).toEqual(lines);
  });

  test("coins sent to an account of one's own take their cost along, and the way a part of it", () => {
    const hour = 3_600_000;
    const one = {
      trades: [{ ...bought, time: hour }],
      transfers: [transfer('withdrawal', 'BTC', '1', { time: 2 * hour, txid: '0xa' })],
      incomes: [income('BTC', '-0.5', { time: 4 * hour })],
    };
    const two = {
      trades: [],
      transfers: [transfer('deposit', 'BTC', '0.9995', { time: 3 * hour, txid: '0xa' })],
      incomes: [],
    };
    const accounts = new Map([
      ['one', one],
      ['two', two],
    ]);
    const shown = watched({ accounts, settings: SETTINGS, priceAt: () => parseDecimal('100') }, 'BTC').map(
      ({ trace }) =>
        trace.lines.map(({ what, quantity, outcome }) =>
          [what, quantity, outcome?.realized ?? '', outcome?.position.cost ?? ''].join('|'),
        ),
    );
    expect(shown).toEqual([
      ['bought|2|0|201', 'fee|-0.0005||', 'own transfer|-0.9995|-0.05025|100.5', 'charge|-0.5|-50.25|50.25'],
      ['own transfer|0.9995|0|100.44975'],
    ]);
  });
});
