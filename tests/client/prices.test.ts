import { describe, expect, test } from '@jest/globals';
import { type ClientStage, openClient } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const TICKERS = '/v5/market/tickers';

let stage: ClientStage;

onClient(
  (opened) => {
    stage = opened;
  },
  { open: openClient },
);

/** Markets whose price does not move. */
function list(...markets: readonly (readonly [base: string, quote: string, price: string])[]): void {
  const { world } = stage.simulator;
  for (const [base, quote, price] of markets) world.setPrice(world.addMarket(base, quote, price).id, price);
}

async function priceOf(asset: string) {
  const price = (await stage.client.readPrices([asset], 'USD')).get(asset);
  return price?.known ? { price: price.price.toString(), route: price.route } : price;
}

describe('prices', () => {
  test('are asked for once, however many assets are held', async () => {
    const assets = stage.simulator.world.addMarkets(300).map(({ base }) => base);
    const prices = await stage.client.readPrices(assets, 'USD');
    expect([...prices.values()].filter(({ known }) => known)).toHaveLength(300);
    expect(stage.asked(TICKERS)).toBe(1);
  });

  test('take USDT first, then USDC, then the currency, then BTC, then ETH', async () => {
    const { world } = stage.simulator;
    list(['BTC', 'USDT', '60000'], ['ETH', 'USDT', '3000']);
    list(['X', 'USDT', '1.1'], ['X', 'USDC', '1.2'], ['X', 'USD', '1.3'], ['X', 'BTC', '0.00002']);
    list(['X', 'ETH', '0.0005']);
    const expected = [
      { price: '1.1', route: ['X/USDT'] },
      { price: '1.2', route: ['X/USDC'] },
      { price: '1.3', route: ['X/USD'] },
      { price: '1.2', route: ['X/BTC', 'BTC/USDT'] },
      { price: '1.5', route: ['X/ETH', 'ETH/USDT'] },
      { known: false },
    ];
    for (const [index, quote] of ['', 'USDT', 'USDC', 'USD', 'BTC', 'ETH'].entries()) {
      // Without a price the market is as good as not there.
      if (quote !== '') world.setPrice(`X${quote}`, '0');
      expect(await priceOf('X')).toEqual(expected[index]);
    }
  });

  test('go over a bridge by its own best route', async () => {
    list(['X', 'BTC', '0.00000123456789'], ['BTC', 'USDC', '64000']);
    stage.simulator.world.setPrice('BTCUSDT', '0');
    expect(await priceOf('X')).toEqual({ price: '0.07901234496', route: ['X/BTC', 'BTC/USDC'] });
  });

  test.each([
    ['zero', '0'],
    ['zero with decimals', '0.00000000'],
    ['empty', ''],
    ['missing', undefined],
    ['null', null],
    ['negative', '-1'],
  ])('that are %s are no price, and those of other assets stay', async (_title, lastPrice) => {
    list(['X', 'USDT', '5'], ['Y', 'USDT', '7']);
    const edit = (body: { result: { list?: Record<string, unknown>[] } }) => {
      for (const row of body.result.list ?? []) {
        if (row['symbol'] === 'XUSDT') row['lastPrice'] = lastPrice;
      }
      return body;
    };
    stage.simulator.faults.add({ kind: 'edit', edit, path: TICKERS });
    const prices = await stage.client.readPrices(['X', 'Y'], 'USD');
    expect(prices.get('X')).toEqual({ known: false });
    expect(prices.get('Y')).toMatchObject({ known: true });
  });

  test.each([
    ...['1e999', '1e13', '1e-19', '1e1001', '1e-1001', '1e99999'],
    ...['1'.repeat(1_001), `0.${'0'.repeat(1_000)}1`],
  ])(
    'that no market can have, such as %.20s, are no price, which is reported, and another market counts',
    async (price) => {
      list(['X', 'USDT', '5'], ['X', 'USDC', '6'], ['Y', 'USDT', '7']);
      const edit = (body: { result: { list?: Record<string, unknown>[] } }) => {
        for (const row of body.result.list ?? [])
          if (['XUSDT', 'YUSDT'].includes(String(row['symbol']))) row['lastPrice'] = price;
        return body;
      };
      stage.simulator.faults.add({ kind: 'edit', edit, path: TICKERS, times: 9 });
      expect(await priceOf('X')).toEqual({ price: '6', route: ['X/USDC'] });
      expect(await priceOf('Y')).toEqual({ known: false });
      expect(stage.said).toContain(
        `Bybit reports an impossible price of Y/USDT, which is not used: "${price.slice(0, 60)}"`,
      );
    },
  );

  test('of an asset without any market are not known', async () => {
    expect(await priceOf('GIFT')).toEqual({ known: false });
  });

  test('that are no number are refused', async () => {
    list(['X', 'USDT', '5']);
    stage.simulator.world.setPrice('XUSDT', 'NaN');
    await expect(priceOf('X')).rejects.toMatchObject({ kind: 'guard' });
  });

  test.each([
    ['USDC', 'USDC/USDT 0.9000'],
    ['USDT', 'USDC/USDT inverted 1.1111'],
    ['DAI', undefined],
    ['USD', undefined],
  ])(
    'count %s as one, which is said, and what its market says where that is far off',
    async (asset, said) => {
      stage.simulator.world.setPrice('USDCUSDT', '0.9');
      expect(await priceOf(asset)).toEqual({
        price: '1',
        route: said === undefined ? ['peg'] : ['peg', said],
      });
    },
  );

  test.each(['0.98', '1.02', '1.0001'])('take a market at %s for the peg', async (price) => {
    stage.simulator.world.setPrice('USDCUSDT', price);
    expect(await priceOf('USDC')).toEqual({ price: '1', route: ['peg'] });
  });

  test('of money that the exchange quotes the other way round are inverted, which the route says', async () => {
    list(['USDT', 'TRY', '32'], ['USDT', 'BRL', '6']);
    expect(await priceOf('TRY')).toEqual({ price: '0.03125', route: ['USDT/TRY inverted'] });
    expect(await priceOf('BRL')).toMatchObject({ price: `0.1${'6'.repeat(48)}7` });
  });
});
