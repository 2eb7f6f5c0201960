import { describe, expect, test } from '@jest/globals';
import { bridgeAssets, totalBridge } from '../../src/accounting/bridge.js';
import { SETTINGS, trade, transfer } from './histories.js';
import { momentOf, termsIn } from './moments.js';
import { replay } from './replay.js';
import { HELD, pricesOf, way } from './ways.js';

describe('what cannot be known', () => {
  const gift = trade({ side: 'buy', base: 'GIFT', amount: '9', value: '900' });
  const bought = [...HELD, gift];

  test('an asset that is held without a price is left out by name, and what was traded with it remains', () => {
    const assets = way({ before: HELD, since: [gift] });
    expect(assets.find(({ asset }) => asset === 'GIFT')?.bridge).toBeUndefined();
    const total = totalBridge(assets);
    expect(total.leftOut).toEqual(['GIFT']);
    expect(termsIn(total)).toEqual({ priceMoves: '10000', traded: '-900' });
  });

  test.each([
    ['then', { then: { BTC: '60000' }, now: { BTC: '70000', GIFT: '100' } }],
    ['now', { then: { BTC: '60000', GIFT: '100' }, now: { BTC: '70000' } }],
  ])('a price that is missing %s leaves the asset out of both values', (_, prices) => {
    const { bridge, leftOut } = totalBridge(way({ before: bought, ...prices }));
    expect(leftOut).toEqual(['GIFT']);
    expect([bridge?.from.toString(), bridge?.to.toString()]).toEqual(['99100', '109100']);
  });

  test('what was bought without a price and sold since takes none', () => {
    const since = [trade({ side: 'sell', base: 'GIFT', amount: '9', value: '990' })];
    const then = { BTC: '60000', GIFT: '100' };
    expect(termsIn(totalBridge(way({ before: bought, since, then, now: { BTC: '60000' } })))).toEqual({
      realized: '90',
    });
  });

  test('where nothing has a price nothing is known, where nothing is held all is 0', () => {
    expect(totalBridge(way({ since: [transfer('deposit', 'GIFT', '1')] })).bridge).toBeUndefined();
    expect(termsIn(totalBridge(way({})))).toEqual({});
  });

  test('coins that moved at a time without a price are unexplained, at the newer one, and said', () => {
    const since = [transfer('deposit', 'GIFT', '5')];
    const [gift] = way({ since, now: { GIFT: '3' } });
    expect(gift && [termsIn(gift), gift.unvalued.toString()]).toEqual([{ unexplained: '15' }, '5']);
  });

  test('a gain over the cost of a deposit says that it is an estimate', () => {
    const before = [transfer('deposit', 'ETH', '2')];
    const since = [trade({ side: 'sell', base: 'ETH', amount: '1', value: '3000' })];
    const assets = way({ before, since, then: { ETH: '2500' } });
    expect(assets.map(({ asset, estimated }) => [asset, estimated])).toEqual([
      ['ETH', true],
      ['USDT', false],
    ]);
  });
});

test('coins on their way between own accounts are a flow of each, and nothing in total', () => {
  const sent = [transfer('deposit', 'ETH', '2'), transfer('withdrawal', 'ETH', '1', { txid: '0xA' })];
  const arrived = [transfer('deposit', 'ETH', '1', { txid: '0xA' })];
  const accounts = new Map([
    ['one', sent],
    ['two', arrived],
  ]);
  const price = pricesOf({ ETH: '3000' });
  const before = new Map([['one', sent.slice(0, 1)]]);
  const ways = ['one', 'two'].map((id) =>
    bridgeAssets(
      momentOf(
        replay({ accounts: before, settings: SETTINGS, priceAt: price }).get(id)?.state().pools ?? [],
        { price },
      ),
      momentOf(replay({ accounts, settings: SETTINGS, priceAt: price }).get(id)?.state().pools ?? [], {
        price,
      }),
    ),
  );
  expect(ways.map((assets) => termsIn(totalBridge(assets)))).toEqual([
    { netFlows: '-3000' },
    { netFlows: '3000' },
  ]);
  expect(termsIn(totalBridge(ways.flat()))).toEqual({});
});
