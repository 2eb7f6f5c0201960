import { expect, test } from '@jest/globals';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import { NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { mergeAccounts } from '../../src/accounting/merge-accounts.js';
import { coinsOf } from '../../src/accounting/same-coins.js';
import { differentCoinNotes } from '../../src/render/documents/table-notes.js';

const NOW = Date.UTC(2026, 0, 9);
const HOUR_MS = 3_600_000;

type Held = readonly [account: string, asset: string, price: string | undefined, ageMs?: number];

function accountOf([account, asset, price, ageMs = 0]: Held): AccountPortfolio {
  const pricedAt = NOW - ageMs;
  return {
    account,
    lastSuccess: NOW,
    lastFailure: undefined,
    wallets: [],
    holdings: [
      {
        asset,
        quantity: parseDecimal('2'),
        price:
          price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route: [], pricedAt },
        cost: { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined },
      },
    ],
    lastPrices: new Map(),
    realized: ZERO,
    estimated: new Map(),
    missingAcquisitions: [],
    differences: [],
    totals: undefined,
    gaps: [],
    hasKey: undefined,
  };
}

const CASES: readonly (readonly [string, readonly Held[], readonly string[]])[] = [
  [
    'one price',
    [
      ['bybit', 'X', '1'],
      ['binance', 'X', '1.01'],
    ],
    ['X 4'],
  ],
  [
    'prices within half',
    [
      ['bybit', 'X', '1'],
      ['binance', 'X', '1.5'],
    ],
    ['X 4'],
  ],
  [
    'prices far apart',
    [
      ['bybit', 'X', '1'],
      ['binance', 'X', '1.6'],
    ],
    ['X (bybit) 2', 'X (binance) 2'],
  ],
  [
    'prices far apart the other way',
    [
      ['bybit', 'X', '1.6'],
      ['binance', 'X', '1'],
    ],
    ['X (bybit) 2', 'X (binance) 2'],
  ],
  [
    'prices of different times',
    [
      ['bybit', 'X', '1'],
      ['binance', 'X', '9', 2 * HOUR_MS],
    ],
    ['X 4'],
  ],
  [
    'a price and none',
    [
      ['bybit', 'X', '1'],
      ['binance', 'X', undefined],
    ],
    ['X 4'],
  ],
  [
    'prices far apart on one exchange',
    [
      ['bybit', 'X', '1'],
      ['bybit/sub1', 'X', '9'],
    ],
    ['X 4'],
  ],
  [
    'names of different coins',
    [
      ['bybit', 'NEIRO', '1'],
      ['binance', 'NEIRO', '1'],
    ],
    ['NEIRO (bybit) 2', 'NEIRO (binance) 2'],
  ],
  [
    'names, one without a price',
    [
      ['bybit', 'NEIRO', undefined],
      ['binance', 'NEIRO', '1'],
    ],
    ['NEIRO (bybit) 2', 'NEIRO (binance) 2'],
  ],
  [
    'accounts of two coins',
    [
      ['bybit', 'X', '1'],
      ['binance', 'X', '9'],
      ['bybit/sub1', 'X', '1'],
      ['binance/b', 'X', '9.1'],
    ],
    ['X (bybit) 4', 'X (binance) 4'],
  ],
];

test.each(CASES)('a table over all accounts with %s has the right rows', (_title, held, expected) => {
  const rows = mergeAccounts(held.map(accountOf), 'USD');
  expect(rows.map(({ holding }) => `${holding.asset} ${holding.quantity.toString()}`)).toEqual(expected);
  const notes = differentCoinNotes(coinsOf(held.map(accountOf), 'USD'));
  expect(notes).toHaveLength(expected.length - 1);
});

test('the note names the coins that are known by name', () => {
  const held = [accountOf(['bybit', 'NEIRO', '1']), accountOf(['binance', 'NEIRO', '1'])];
  expect(differentCoinNotes(coinsOf(held, 'USD'))).toEqual([
    'NEIRO is not the same coin on every exchange, by name or price, so it has a row for each: bybit (Neiro Ethereum); binance (First Neiro On Ethereum).',
  ]);
});
