import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { askBinance, type Values } from '../support/ask-binance.js';
import { type Simulator, startSimulator } from './simulator.js';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(async () => {
  await simulator.stop();
});

const read = async <Body>(path: string, values: Values = {}): Promise<Body> =>
  (await askBinance(simulator, path, values)).body as Body;

describe('a delisted market', () => {
  const symbol = 'ETHBTC';
  let last: string;
  beforeEach(async () => {
    // Within a minute the price stands still; two days later it would be another.
    simulator.world.advance(60_000 - (simulator.world.now() % 60_000));
    last = (await read<{ price: string }>('/api/v3/ticker/price', { symbol })).price;
    simulator.world.delist(symbol);
    simulator.world.advance(2 * 86_400_000);
  });

  test('stays in the list as BREAK', async () => {
    const { symbols } = await read<{ symbols: { symbol: string; status: string }[] }>('/api/v3/exchangeInfo');
    expect(symbols.find((row) => row.symbol === symbol)?.status).toBe('BREAK');
    const trading = await read<{ symbols: object[] }>('/api/v3/exchangeInfo', { symbolStatus: 'TRADING' });
    expect(trading.symbols).toHaveLength(symbols.length - 1);
  });

  test('keeps its last price for ever, but has no bid, volume or trades', async () => {
    expect(await read('/api/v3/ticker/price', { symbol })).toEqual({ symbol, price: last });
    expect(await read('/api/v3/ticker/24hr', { symbol })).toMatchObject({
      lastPrice: last,
      bidPrice: '0.00000000',
      volume: '0.00000000',
      firstId: -1,
      count: 0,
    });
    expect(await read('/api/v3/ticker/price', { symbol, symbolStatus: 'TRADING' })).toMatchObject({
      code: -1220,
    });
  });
});

describe('prices', () => {
  test('of one, of several and of all', async () => {
    const symbols = '["BTCUSDT","ETHUSDT"]';
    expect(await read<object[]>('/api/v3/ticker/24hr', { symbols })).toHaveLength(2);
    const [full] = await read<object[]>('/api/v3/ticker/24hr', { symbols });
    const [mini] = await read<object[]>('/api/v3/ticker/24hr', { symbols, type: 'MINI' });
    expect([Object.keys(full ?? {}).length, Object.keys(mini ?? {}).length]).toEqual([21, 12]);
    expect(mini).not.toHaveProperty('bidPrice');
    expect(await read<object[]>('/api/v3/ticker/price')).toHaveLength(simulator.world.markets.size);
    expect(await read('/api/v3/ticker/price', { symbols: '["BTCUSDT","BTCUSDT"]' })).toMatchObject({
      code: -1151,
    });
    expect(await read('/api/v3/ticker/price', { symbols: '["NOPE"]' })).toMatchObject({ code: -1121 });
  });

  test.each([
    ['1h', '2026-03-05T10:30:00Z', '2026-03-05T11:00:00Z', '2026-03-05T12:00:00Z'],
    ['1d', '2026-03-05T10:30:00Z', '2026-03-06T00:00:00Z', '2026-03-07T00:00:00Z'],
    ['1w', '2026-03-05T10:30:00Z', '2026-03-09T00:00:00Z', '2026-03-16T00:00:00Z'],
    ['1M', '2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
  ])(
    'candles of %s begin at the first that opens at startTime or later',
    async (interval, from, first, second) => {
      const startTime = Date.parse(from);
      const rows = await read<number[][]>('/api/v3/klines', {
        symbol: 'BTCUSDT',
        interval,
        startTime,
        limit: 2,
      });
      expect(rows.map(([opens]) => new Date(opens ?? 0).toISOString())).toEqual(
        [first, second].map((time) => new Date(time).toISOString()),
      );
      expect(rows[0]?.[6]).toBe(Date.parse(second) - 1);
    },
  );

  test('candles without times are the latest, and of a strange interval none', async () => {
    simulator.world.advance(60_000 - (simulator.world.now() % 60_000));
    const asked = { symbol: 'BTCUSDT', interval: '1m', limit: 3 };
    const rows = await read<number[][]>('/api/v3/klines', asked);
    const minute = Math.floor(simulator.world.now() / 60_000) * 60_000;
    expect(rows.map(([opens]) => opens)).toEqual([minute - 120_000, minute - 60_000, minute]);
    expect(await read('/api/v3/klines', { ...asked, interval: '2d' })).toEqual({
      code: -1120,
      msg: 'Invalid interval.',
    });
  });
});
