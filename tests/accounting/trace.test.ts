import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { type OneAccount, income, SETTINGS, trade, transfer } from './histories.js';
import { watched } from './watched.js';

describe('what happened', () => {
  const linesOf = (asset: string, { settings = SETTINGS, priceAt = () => undefined, events }: OneAccount) => {
    const [found] = watched({ accounts: new Map([['one', events]]), settings, priceAt }, asset);
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
  const bought = trade({ side: 'buy', amount: '2', value: '200', fees: [['USDT', '1']] });
  const MARKET = { priceAt: () => parseDecimal('100') };

  test.each<[string, string, OneAccount, string[]]>([
    ['a purchase bears its fee', 'BTC', { events: [bought] }, ['bought|USDT|2|200|1|0|2|201']],
    [
      'a fee in the coin bought is a line of its own',
      'BTC',
      { events: [trade({ side: 'buy', amount: '2', value: '200', fees: [['BTC', '0.5']] })] },
      ['fee|BTC/USDT|-0.5|50||||', 'bought|USDT|2|200||0|1.5|200'],
    ],
    [
      'more is sold than was there',
      'BTC',
      { events: [bought, trade({ side: 'sell', amount: '4', value: '800' })] },
      ['bought|USDT|2|200|1|0|2|201', 'gap|USDT|2|unknown||||', 'sold|USDT|-4|800||199|0|0'],
    ],
    [
      'nothing is known of what was sold',
      'BTC',
      { events: [trade({ side: 'sell', amount: '4', value: '800' })] },
      ['gap|USDT|4|unknown||||', 'sold|USDT|-4|800||unknown|0|0'],
    ],
    [
      'a fee in a third coin, paid out of what came in the same millisecond',
      'MNT',
      {
        events: [
          trade({ side: 'buy', amount: '1', value: '100', fees: [['MNT', '3']], time: 5, id: '1' }),
          trade({ side: 'buy', base: 'MNT', amount: '10', value: '20', time: 5, id: '2' }),
        ],
        priceAt: () => parseDecimal('4'),
      },
      ['bought|USDT|10|20||0|10|20', 'fee|BTC/USDT|-3|12||6|7|14'],
    ],
    [
      'a fee and its rebate in a third coin of which nothing was there',
      'MNT',
      {
        events: [
          trade({
            ...{ side: 'buy', amount: '1', value: '100', time: 5 },
            fees: [
              ['MNT', '2'],
              ['MNT', '-2'],
            ],
          }),
        ],
        priceAt: () => parseDecimal('4'),
      },
      ['fee|BTC/USDT|-2|8||||', 'rebate|BTC/USDT|2|8||0|0|0'],
    ],
    [
      'income costs its market value',
      'BTC',
      { events: [income('BTC', '1')], ...MARKET },
      ['income||1|100||100|1|100'],
    ],
    ['income without a price', 'BTC', { events: [income('BTC', '1')] }, ['income||1|unknown||unknown|1|0']],
    [
      'what came for cash is the sale of another coin',
      'USDT',
      { events: [trade({ side: 'sell', amount: '1', value: '100', fees: [['USDT', '2']] })] },
      ['fee|BTC/USDT|-2|2||||', 'bought|BTC|100|100||0|98|0'],
    ],
    [
      'a withdrawal with its fee',
      'BTC',
      {
        events: [bought, transfer('withdrawal', 'BTC', '1', { fee: ['BTC', '0.5'] })],
        ...MARKET,
      },
      ['bought|USDT|2|200|1|0|2|201', 'fee||-0.5|50||||', 'withdrawal||-1|100||0|0.5|50.25'],
    ],
  ])('%s', (_, asset, events, lines) => {
    expect(linesOf(asset, events)).toEqual(lines);
  });

  test("coins sent to an account of one's own take their cost along, and the way a part of it", () => {
    const hour = 3_600_000;
    const one = [
      { ...bought, time: hour },
      transfer('withdrawal', 'BTC', '1', { time: 2 * hour, txid: '0xa' }),
      income('BTC', '-0.5', { time: 4 * hour }),
    ];
    const two = [transfer('deposit', 'BTC', '0.9995', { time: 3 * hour, txid: '0xa' })];
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
