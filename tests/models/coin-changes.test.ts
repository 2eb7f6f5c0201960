import { expect, test } from '@jest/globals';
import { coinChangesOf, coinChangeText } from '../../src/models/coin-changes.js';
import { parseDecimal } from '../../src/models/decimal.js';

type Amounts = Readonly<Record<string, readonly [balance: string, recorded: string]>>;

function changesIn(amounts: Amounts): readonly string[] {
  const entries = Object.entries(amounts);
  const holdings = entries
    .map(([asset, [balance]]) => ({ asset, quantity: parseDecimal(balance) }))
    .filter(({ quantity }) => !quantity.isZero());
  const differences = entries.map(([asset, [balance, recorded]]) => {
    return { asset, amount: parseDecimal(balance).minus(parseDecimal(recorded)), since: undefined };
  });
  return coinChangesOf(holdings, differences).map(coinChangeText);
}

test.each<[string, Amounts, RegExp]>([
  ['a known change of unit', { QUICK: ['2500', '2.5'] }, /of QUICK is 1000 times .* \(known: 2023-07\):/],
  ['one that is not known', { X: ['1', '1000'] }, /of X is 0\.001 times .* unit:/],
  ['one with a small trade beside it', { X: ['100009', '100'] }, /of X is 1000 times/],
  ['a renaming', { LUNA: ['0', '5'], LUNC: ['5', '0'] }, /LUNA is gone and 1 LUNC came for each/],
  ['a renaming of what was held of both', { MATIC: ['0', '7'], POL: ['10', '3'] }, /MATIC .* 1 POL came/],
  ['a renaming with another unit', { GAL: ['0', '2'], G: ['120', '0'] }, /GAL is gone and 60 G came/],
])('%s is recognised', (_title, amounts, expected) => {
  expect(changesIn(amounts)).toEqual([expect.stringMatching(expected)]);
});

test.each<[string, Amounts]>([
  ['double', { X: ['2', '1'] }],
  ['less than nothing recorded', { X: ['1000', '-1'] }],
  ['nothing recorded', { X: ['1000', '0'] }],
  ['nearly a thousand times', { X: ['1001', '1'] }],
  ['gone without a successor', { LUNA: ['0', '5'] }],
  ['a successor of another amount', { LUNA: ['0', '5'], LUNC: ['6', '0'] }],
])('a balance that is %s is no such change', (_title, amounts) => {
  expect(changesIn(amounts)).toEqual([]);
});
