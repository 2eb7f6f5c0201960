import { expect, test } from '@jest/globals';
import { renderResultsJson } from '../../src/render/json/results.js';
import { account, ASSETS, NOW, result, results } from './results.js';
import { renderResults, renderResultsCsv } from './rendered.js';

const options = { colour: false, currency: 'USD' };
const lineOf = (text: string, begin: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(begin));

test.each([
  [40, 'Asset    Realized  Fees paid  Net flows'],
  [80, 'Asset       Sales   Realized  Fees paid  Deposits  Withdrawals  Net flows'],
  [
    120,
    'Asset       Sales  Fees in kind  Transfer fees  Income   Realized  Fees paid  Deposits  Withdrawals  Net flows',
  ],
])('at %i columns the sums stand one below the other, and a table by asset fits', (width, head) => {
  const text = renderResults(results([account(ASSETS)]), { ...options, width });
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
  expect(text).toContain('2026-01-03 to 2026-01-09, 7 UTC days');
  expect(text.split('\n\n')[1]?.split('\n')).toEqual([
    'Realized by sales         +1,214.57  *',
    'by fees paid in coins         -1.50  *',
    'by fees of own transfers      -6.00  *',
    'by income                     +3.50  *',
    'Realized in all           +1,210.57  *',
    'Fees paid                     38.65  *',
    'Deposits                   2,950.00  *',
    'Withdrawals                1,300.00  *',
    'Net flows                 +1,650.00  *',
    'Proceeds of unknown cost      77.00  *',
  ]);
  expect(lineOf(text, 'Asset')).toBe(head);
});

test('what had no value is never said to be 0, and is named', () => {
  const text = renderResults(results([account(ASSETS)]), { ...options, width: 200 });
  expect(lineOf(text, 'GIFT*')).toMatch(/^GIFT\*( +—)+$/);
  expect(lineOf(text, 'MNT*')).toMatch(/^MNT\* +— +-1\.50 +— +— +-1\.50 +26\.40 +— +— +— +—$/);
  expect(text).toContain('* Moved at a time without a known price, and so in no sum: 1,000 GIFT, 0.5 MNT.');
  const alone = renderResults(results([account(ASSETS.slice(1, 2))]), { ...options, width: 80 });
  expect(alone).not.toContain('0.00');
});

test('estimates, gaps, unknown costs and the last sync are said', () => {
  const assets = [
    result('SOL', { sales: '1', unmatchedProceeds: '2' }, { estimated: true }),
    result(
      'ETH',
      { sales: '1' },
      { estimated: undefined, missing: ASSETS[1]?.unvalued ?? result('', {}).missing },
    ),
  ];
  const late = account(assets, { countedUntil: NOW - 3 * 86_400_000 });
  const text = renderResults(results([late]), { ...options, width: 200 });
  for (const note of [
    'Realized P&L of SOL is based on an estimated cost',
    'Whether realized P&L of ETH includes an estimated cost is known after the next sync.',
    'Proceeds of SOL whose cost is not known are no gain',
    'More ETH was sold or withdrawn than recorded purchases cover; some purchase history is missing.',
    'Includes data up to the sync of 2026-01-06 12:00 UTC, nothing later.',
  ]) {
    expect(text).toContain(note);
  }
  expect(text).not.toContain('Fees paid are');
});

test('an account without events says so, and several accounts have a sum', () => {
  const two = [account(ASSETS.slice(0, 1)), account([], { account: 'bybit/sub1', from: '2026-01-01' })];
  const text = renderResults(results(two), { ...options, width: 80 });
  expect(text).toContain('No results in this period.');
  const sum = text.slice(text.indexOf('All 2 accounts'));
  expect(sum).toContain('All 2 accounts  2026-01-01 to 2026-01-09, 9 UTC days, in USD');
  expect(lineOf(sum, 'Realized in all')).toBe('Realized in all           +1,228.57');
});

test('json holds every digit, null for what is not known', () => {
  const text = renderResultsJson(results([account(ASSETS)]), { currency: 'USD' });
  const { accounts, totals } = JSON.parse(text) as { accounts: { assets: object[] }[]; totals: object };
  expect(totals).toEqual({
    ...{ sales: '1214.567', feesInKind: '-1.5', transferFees: '-6', income: '3.5', realized: '1210.567' },
    ...{
      feesPaid: '38.65',
      deposits: '2950',
      withdrawals: '1300',
      netFlows: '1650',
      unmatchedProceeds: '77',
    },
    leavesOut: ['GIFT', 'MNT'],
  });
  expect(accounts[0]).toMatchObject({ firstDay: '2026-01-03', countedUntil: '2026-01-09T12:00:00.000Z' });
  expect(accounts[0]?.assets[1]).toMatchObject({
    ...{ asset: 'GIFT', realized: null, deposits: null, netFlows: null, unvaluedQuantity: '1000' },
  });
});

test('csv has a row an asset, empty where nothing is known', () => {
  const [head, ...rows] = renderResultsCsv(results([account(ASSETS)]), { currency: 'USD', exact: true })
    .trimEnd()
    .split('\r\n');
  expect(head).toBe(
    'account,asset,first_day,last_day,sales,fees_in_kind,transfer_fees,income,realized,fees_paid,deposits,withdrawals,net_flows,unmatched_proceeds,unvalued_quantity,missing_quantity,realized_is_estimate,currency',
  );
  const days = '2026-01-03,2026-01-09';
  expect(rows[1]).toBe(`bybit,GIFT,${days},,,,,,,,,,,1000,0,false,USD`);
  expect(rows[3]).toBe(`bybit,SOL,${days},-20,0,0,3.5,-16.5,0,450,0,450,77,0,0,true,USD`);
});
