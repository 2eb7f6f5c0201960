import { describe, expect, test } from '@jest/globals';
import { renderAttributionJson } from '../../src/render/json/attribution.js';
import { account, ASSETS, asset, bridges, NOW } from './bridges.js';
import { renderBridge, renderBridgeCsv } from './rendered.js';

const options = { colour: false, privacy: false, currency: 'USD' };
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const lineOf = (text: string, begin: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(begin));

describe('show --bridge', () => {
  test.each([
    [40, 'Asset     Change   Prices  Unexplained'],
    [80, 'Asset     Change   Prices   Realized    Fees      Flows     Traded  Unexplained'],
    [
      120,
      'Asset     Before        Now     Change   Prices   Realized  Income    Fees      Flows     Traded  Unexplained',
    ],
  ])('at %i columns all terms stand one below the other, and a table by asset fits', (width, head) => {
    const text = renderBridge(bridges([account(ASSETS)]), { ...options, width });
    expect(widest(text)).toBeLessThanOrEqual(width);
    const statement = text.split('\n\n').find((part) => part.startsWith('Value before'));
    expect(statement?.replaceAll('─', '').split(/\n+/)).toEqual([
      'Value before           44,070.00',
      'Price moves              -392.38',
      'Realized, before fees  +1,000.00',
      'Income                     +3.50',
      'Fees                      -17.26',
      'Net flows              +2,500.00',
      'Unexplained               +41.50',
      'Value now              47,205.37',
    ]);
    expect(lineOf(text, 'Asset')).toBe(head);
    expect(text.match(/^(USDT|BTC|SOL|MNT|GIFT|Total) /gm)?.join('')).toBe('USDT BTC SOL MNT GIFT Total ');
    expect(lineOf(text, 'GIFT')).toMatch(/^GIFT( +—)+$/);
  });

  test('what is left out, estimated, without a price at its time and unexplained is said', () => {
    const text = renderBridge(bridges([account(ASSETS)]), { ...options, width: 200 });
    expect(text).toContain('No price then or now for GIFT: excluded from all totals.');
    expect(text).toContain('Moved at a time without a known price, and so unexplained: 5 MNT.');
    expect(text).toContain('Realized P&L of SOL is based on an estimated cost');
    expect(text).toContain('Unexplained: balance changes with no matching trade, transfer or income.');
  });

  test('unexplained is shown where it is nothing, columns of nothing but that are not', () => {
    const quiet = [asset('BTC', '10', { priceMoves: '1' }), asset('USDT', '5', {})];
    const text = renderBridge(bridges([account(quiet)]), { ...options, width: 120 });
    expect(lineOf(text, 'Unexplained')).toBe('Unexplained             0.00');
    expect(lineOf(text, 'Asset')?.split(/ +/)).toEqual([
      ...['Asset', 'Before', 'Now', 'Change', 'Prices', 'Unexplained'],
    ]);
  });

  test('where nothing has a price nothing is claimed', () => {
    const nothing = [asset('GIFT', '0', {}, { bridge: undefined })];
    const text = renderBridge(bridges([account(nothing)]), { ...options, width: 80 });
    expect(text).toContain('Nothing is known: nothing has a price.');
    expect(text).not.toContain('0.00');
  });

  test('why it begins late or at a partial snapshot is said', () => {
    const late = account(ASSETS, { late: 'first', to: { time: NOW, complete: false } });
    const text = renderBridge(bridges([late]), { ...options, width: 200 });
    expect(text).toContain('No snapshot is that old');
    expect(text).toContain('A wallet could not be read at 2026-01-09 12:00: ');
    const other = renderBridge(bridges([account(ASSETS, { late: 'not-comparable' })]), {
      ...options,
      width: 200,
    });
    expect(other).toContain('another version or with other settings: it starts at the first one after that.');
  });

  test('several accounts have a sum, and those that are not in it are named', () => {
    const two = [account(ASSETS.slice(0, 1)), account(ASSETS.slice(1, 2), { account: 'bybit/sub1' })];
    const unbridged = [{ account: 'kraken', newest: NOW, reason: 'single' }] as const;
    const text = renderBridge(bridges(two, { unbridged }), { ...options, width: 80 });
    const sum = text.slice(text.indexOf('All 2 accounts'));
    expect(lineOf(sum, 'Value now')).toBe('Value now              42,970.24');
    expect(sum).not.toContain('Traded');
    expect(lineOf(text.slice(0, text.indexOf('All')), 'Traded')).toBe('Traded                 -5,000.00');
    expect(text).toContain('kraken is not included: there is one snapshot so far');
  });

  test('--privacy says parts of the value before, and no amount', () => {
    const text = renderBridge(bridges([account(ASSETS)]), { ...options, privacy: true, width: 120 });
    expect(lineOf(text, 'Net flows')).toBe('Net flows              +5.67%');
    expect(lineOf(text, 'Value before')).toBe('Value before            •••••');
    expect(text).not.toMatch(/44,070|2,500|41\.5|5 MNT/);
  });
});

describe('for a machine', () => {
  const all = bridges([account(ASSETS)]);

  test('json holds every digit, null for what is not known', () => {
    const { accounts, total } = JSON.parse(renderAttributionJson(all, { currency: 'USD' })) as {
      accounts: { assets: object[] }[];
      total: object;
    };
    expect(total).toEqual({
      bridge: {
        valueBefore: '44070',
        valueNow: '47205.369',
        change: '3135.369',
        priceMoves: '-392.375',
        realized: '1000',
        income: '3.5',
        fees: '-17.255',
        netFlows: '2500',
        traded: '0',
        unexplained: '41.499',
      },
      leavesOut: ['GIFT'],
    });
    expect(accounts).toMatchObject([
      { account: 'bybit', from: { time: '2026-01-08T12:00:00.000Z', complete: true }, beginsLate: null },
    ]);
    expect(accounts[0]?.assets[3]).toEqual({
      ...{ asset: 'GIFT', bridge: null, unvaluedQuantity: '0', realizedIsEstimate: false },
    });
  });

  test('csv has a row an asset, empty where nothing is known', () => {
    const [head, ...rows] = renderBridgeCsv(all, { currency: 'USD', exact: true }).trimEnd().split('\r\n');
    expect(head).toBe(
      'account,asset,from,to,value_before,value_now,change,price_moves,realized,income,fees,net_flows,traded,unexplained,unvalued_quantity,realized_is_estimate,currency',
    );
    const times = '2026-01-08T12:00:00.000Z,2026-01-09T12:00:00.000Z';
    expect(rows[2]).toBe(`bybit,SOL,${times},4000,4123.625,123.625,120.125,0,3.5,0,0,0,0,0,true,USD`);
    expect(rows[3]).toBe(`bybit,GIFT,${times},,,,,,,,,,,0,false,USD`);
  });
});
