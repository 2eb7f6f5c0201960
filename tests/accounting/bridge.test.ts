import { describe, expect, test } from '@jest/globals';
import { totalBridge } from '../../src/accounting/bridge.js';
import { income, trade, transfer } from './histories.js';
import { sumOfTerms, termsIn } from './moments.js';
import { type Case, HELD, MONEY, pricesOf, sell, way } from './ways.js';

/** Of the account, and of one asset, what is not 0. */
const CASES: readonly [string, Case, object, string, object][] = [
  [
    'nothing happens: prices alone',
    { before: HELD },
    { priceMoves: '10000' },
    'BTC',
    { priceMoves: '10000' },
  ],
  [
    'a purchase is no change but for its fee',
    {
      before: MONEY,
      since: [trade({ side: 'buy', amount: '1', value: '60000', fees: [['BTC', '0.001']] })],
      now: { BTC: '60000' },
    },
    { fees: '-60' },
    'BTC',
    { traded: '60000', fees: '-60' },
  ],
  [
    'a sale realizes what was a price move before, its fee apart',
    { before: HELD, since: sell('70000', ['USDT', '70']), then: { BTC: '65000' } },
    { priceMoves: '-5000', realized: '10000', fees: '-70' },
    'BTC',
    { priceMoves: '-5000', realized: '10000', traded: '-70000' },
  ],
  [
    'a fee that was paid before is not in what is realized now',
    {
      before: [...MONEY, trade({ side: 'buy', amount: '1', value: '60000', fees: [['USDT', '60']] })],
      since: sell('60000', ['USDT', '60']),
    },
    { fees: '-60' },
    'USDT',
    { traded: '60000', fees: '-60' },
  ],
  [
    'a fee in a third coin is counted there',
    {
      before: [...HELD, transfer('deposit', 'MNT', '100')],
      since: sell('60000', ['MNT', '40']),
      now: { MNT: '1' },
      priceAt: pricesOf({ MNT: '1' }),
    },
    { fees: '-40' },
    'MNT',
    { fees: '-40' },
  ],
  [
    'deposits and withdrawals are flows at the market of their time, and a withdrawal has a fee',
    {
      before: HELD,
      since: [
        transfer('deposit', 'ETH', '2'),
        transfer('withdrawal', 'BTC', '0.5', { fee: ['BTC', '0.001'] }),
      ],
    },
    { priceMoves: '5990', fees: '-60', netFlows: '-25000' },
    'ETH',
    { priceMoves: '1000', netFlows: '5000' },
  ],
  [
    'income counts at the market of its time',
    { before: HELD, since: [income('MNT', '10')] },
    { priceMoves: '10010', income: '10' },
    'MNT',
    { income: '10', priceMoves: '10' },
  ],
  [
    'coins without a record are unexplained, at the newer price',
    { before: HELD, astrayNow: { BTC: '0.1', MNT: '5' } },
    { priceMoves: '10000', unexplained: '7010' },
    'BTC',
    { priceMoves: '10000', unexplained: '7000' },
  ],
  [
    'coins that were unexplained before and still are rise with their price',
    { before: HELD, astrayThen: { BTC: '0.1' }, astrayNow: { BTC: '0.1' } },
    { priceMoves: '11000' },
    'BTC',
    { priceMoves: '11000' },
  ],
  [
    'coins that left without a record are unexplained at their last price where there is no newer one',
    { before: HELD, astrayNow: { BTC: '-1' } },
    { unexplained: '-60000' },
    'BTC',
    { unexplained: '-60000' },
  ],
  [
    'coins of unknown cost realize nothing: what they rose by is a price move',
    { astrayThen: { BTC: '1' }, since: sell('66000'), astrayNow: { BTC: '1' } },
    { priceMoves: '6000' },
    'BTC',
    { priceMoves: '6000', traded: '-66000' },
  ],
];

describe('from one snapshot to another', () => {
  test.each(CASES)('%s', (_, one, ofAccount, asset, ofAsset) => {
    const assets = way(one);
    const found = assets.find((it) => it.asset === asset);
    expect(termsIn(totalBridge(assets))).toEqual(ofAccount);
    expect(found && termsIn(found)).toEqual(ofAsset);
    for (const { bridge } of [...assets, totalBridge(assets)]) {
      expect(bridge && bridge.to.minus(bridge.from).toString()).toBe(
        bridge && sumOfTerms(bridge.terms).toString(),
      );
    }
  });
});
