import { describe, expect, test } from '@jest/globals';
import { type ClientStage, openBinance, openClient } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

let stage: ClientStage;

/** Sources of the prices at times before now (ms); undefined: there is none. */
async function sourcesOf(asset: string, ...ago: readonly number[]) {
  const now = stage.simulator.world.now();
  const times = ago.map((before) => now - before);
  const found = await stage.client.readPastPrices(asset, times, 'USD');
  return times.map((time) => found.get(time)?.source);
}

describe.each([
  ['bybit', openClient, '/v5/market/kline'],
  ['binance', openBinance, '/api/v3/klines'],
] as const)('past prices at %s', (exchange, open, path) => {
  onClient(
    (opened) => {
      stage = opened;
    },
    { open },
  );

  const asked = () => stage.asked(path);

  test('of a coin whose only market is in BTC go over BTC, both at that minute', async () => {
    const { world } = stage.simulator;
    const time = world.now() - 90 * MINUTE_MS;
    const found = (await stage.client.readPastPrices('ORDX', [time], 'USD')).get(time);
    expect(found?.source).toBe(`${exchange} ORDXBTC, BTCUSDT 1m`);
    const close = (id: string) => Number(world.priceAt(id, time));
    expect(Number(found?.price.toString())).toBeCloseTo(close('ORDXBTC') * close('BTCUSDT'), 3);
    expect(asked()).toBe(2);
  });

  test('take the direct market from its first minute on, and BTC before', async () => {
    const { world } = stage.simulator;
    world.addMarket('NEW', 'BTC', '0.00002');
    world.addMarket('NEW', 'USDT', '1.2', world.now() - 60 * MINUTE_MS);
    expect(await sourcesOf('NEW', 90 * MINUTE_MS, 30 * MINUTE_MS)).toEqual([
      `${exchange} NEWBTC, BTCUSDT 1m`,
      `${exchange} NEWUSDT 1m`,
    ]);
  });

  test('take the next direct market where the first was not open yet, and any bridge', async () => {
    const { world } = stage.simulator;
    world.addMarket('NEW', 'USDT', '1', world.now());
    world.addMarket('NEW', 'BTC', '0.00002', world.now());
    world.addMarket('NEW', 'ETH', '0.0005');
    expect(await sourcesOf('NEW', 3 * DAY_MS)).toEqual([`${exchange} NEWETH, ETHUSDT 1m`]);
    world.addMarket('OTHER', 'USDC', '1');
    world.addMarket('OTHER', 'USDT', '1', world.now());
    stage.kept.clear();
    stage = { ...stage, client: await stage.reopen() };
    expect(await sourcesOf('OTHER', 3 * DAY_MS)).toEqual([`${exchange} OTHERUSDC 1m`]);
  });

  test('of days on which nothing was traded cost a request a market, not one a day', async () => {
    const { world } = stage.simulator;
    world.addMarket('NEW', 'USDT', '1', world.now());
    world.addMarket('NEW', 'BTC', '0.00002', world.now());
    const days = Array.from({ length: 300 }, (_, day) => (day + 2) * DAY_MS);
    expect(new Set(await sourcesOf('NEW', ...days))).toEqual(new Set([undefined]));
    expect(asked()).toBeLessThanOrEqual(3);
  });

  test('of a market that was closed since the markets were read are none, and those over others remain', async () => {
    const { world } = stage.simulator;
    world.addMarket('GONE', 'USDT', '1');
    world.addMarket('GONE', 'BTC', '0.00002');
    await stage.client.readPastPrices('BTC', [world.now()], 'USD');
    world.markets.delete('GONEUSDT');
    expect(await sourcesOf('GONE', MINUTE_MS)).toEqual([`${exchange} GONEBTC, BTCUSDT 1m`]);
  });

  test('of many coins over one bridge ask for the bridge once', async () => {
    const { world } = stage.simulator;
    for (const base of ['ONE', 'TWO', 'THREE']) world.addMarket(base, 'BTC', '0.00002');
    for (const base of ['ONE', 'TWO', 'THREE']) {
      expect(await sourcesOf(base, 90 * MINUTE_MS)).toEqual([`${exchange} ${base}BTC, BTCUSDT 1m`]);
    }
    expect(asked()).toBeLessThanOrEqual(5);
  });
});

describe('past prices of closed markets at binance', () => {
  onClient((opened) => {
    stage = opened;
  });

  test('are read, for they stay in its list', async () => {
    const { world } = stage.simulator;
    world.addMarket('OLD', 'USDT', '1');
    world.delist('OLDUSDT');
    expect(await sourcesOf('OLD', DAY_MS)).toEqual(['binance OLDUSDT 1m']);
  });
});
