import { describe, expect, jest, test } from '@jest/globals';
import { type ClientStage } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const TICKERS = '/api/v3/ticker/price';
const MINUTE_MS = 60_000;

let stage: ClientStage;

onClient((opened) => {
  stage = opened;
});

function list(...markets: readonly (readonly [base: string, quote: string, price: string])[]): void {
  const { world } = stage.simulator;
  for (const [base, quote, price] of markets) world.setPrice(world.addMarket(base, quote, price).id, price);
}

async function priceOf(asset: string) {
  const price = (await stage.client.readPrices([asset], 'USD')).get(asset);
  return price?.known ? { price: price.price.toString(), route: price.route } : price;
}

describe('prices at Binance', () => {
  test('are asked for once by the light list, markets once a day, also by later runs', async () => {
    const assets = stage.simulator.world.addMarkets(300).map(({ base }) => base);
    const prices = await stage.client.readPrices(assets, 'USD');
    expect([...prices.values()].filter(({ known }) => known)).toHaveLength(300);
    await (await stage.reopen()).readPrices(assets, 'USD');
    expect(stage.asked(TICKERS)).toBe(2);
    expect(stage.asked('/api/v3/exchangeInfo')).toBe(1);
    expect(stage.keptFor.get('markets')).toBe(24 * 3_600_000);
  });

  test('wait for markets that come in an odd shape: they are asked for again, and are no bug where that goes on', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const fault = { kind: 'body', body: '{}', path: '/api/v3/exchangeInfo' } as const;
    stage.simulator.faults.add(fault);
    expect((await stage.client.readPrices(['BTC'], 'USD')).get('BTC')?.known).toBe(true);
    expect(stage.asked(fault.path)).toBe(2);
    stage.kept.clear();
    stage.simulator.faults.add({ ...fault, times: 99 });
    const later = await stage.reopen();
    await expect(later.readPrices(['BTC'], 'USD')).rejects.toMatchObject({ kind: 'guard' });
    jest.restoreAllMocks();
  });

  test.each([
    ['FDUSD', '1.3', { price: '1.3', route: ['X/FDUSD'] }],
    ['BNB', '0.002', { price: '1.2', route: ['X/BNB', 'BNB/USDT'] }],
    ['ETH', '0.0005', { price: '1.5', route: ['X/ETH', 'ETH/USDT'] }],
  ])('go over %s where there is no nearer market', async (quote, price, expected) => {
    list(['X', quote, price], ['BNB', 'USDT', '600'], ['ETH', 'USDT', '3000']);
    expect(await priceOf('X')).toEqual(expected);
  });

  test('of a market that is traded no more are stale, and those of zero none', async () => {
    list(['X', 'USDT', '5'], ['Y', 'USDT', '0'], ['X', 'BTC', '0.0001'], ['BTC', 'USDT', '60000']);
    stage.simulator.world.delist('XUSDT');
    expect(await priceOf('X')).toEqual({ price: '6', route: ['X/BTC', 'BTC/USDT'] });
    expect(await priceOf('Y')).toEqual({ known: false });
    stage.kept.clear();
    stage.simulator.world.delist('XBTC');
    expect(await priceOf('X')).toEqual({ known: false });
  });

  test('of the past are inverted where the market quotes the other way round', async () => {
    list(['USDT', 'TRY', '32']);
    const time = stage.simulator.world.now() + 2 * MINUTE_MS;
    stage.simulator.world.advance(5 * MINUTE_MS);
    const price = (await stage.client.readPastPrices('TRY', [time], 'USD')).get(time);
    expect({ ...price, price: price?.price.toString() }).toEqual({
      price: '0.03125',
      source: 'binance USDTTRY inverted 1m',
    });
  });

  test('of the past are the closes of the minute, all times of an answer by one request', async () => {
    const { world } = stage.simulator;
    const now = world.now();
    const times = [now - 90 * MINUTE_MS, now - 30 * MINUTE_MS, now - 5 * MINUTE_MS];
    const found = await stage.client.readPastPrices('BTC', times, 'USD');
    expect([...found.keys()].sort()).toEqual(times);
    expect([...found.values()].map(({ source }) => source)).toEqual(times.map(() => 'binance BTCUSDT 1m'));
    expect(stage.asked('/api/v3/klines')).toBe(1);
  });
});
